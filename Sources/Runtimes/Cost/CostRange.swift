/// A figure that is known only roughly: the least and the most that are to be expected, and the likeliest.
package struct CostRange: Sendable, Equatable {
  package let low: Double
  package let best: Double
  package let high: Double

  /// - Precondition: `0 <= low <= best <= high`, all finite.
  package init(_ low: Double, _ best: Double, _ high: Double) {
    precondition(0 <= low && low <= best && best <= high && high.isFinite, "a range in disorder")
    self.low = low
    self.best = best
    self.high = high
  }

  package static let zero = CostRange(0, 0, 0)

  package func contains(_ number: Double) -> Bool { low <= number && number <= high }

  /// The range of both in a row; their errors are taken to point the same way.
  package static func + (left: CostRange, right: CostRange) -> CostRange {
    CostRange(left.low + right.low, left.best + right.best, left.high + right.high)
  }

  package static func * (range: CostRange, factor: Double) -> CostRange {
    CostRange(range.low * factor, range.best * factor, range.high * factor)
  }

  package static func * (left: CostRange, right: CostRange) -> CostRange {
    CostRange(left.low * right.low, left.best * right.best, left.high * right.high)
  }
}

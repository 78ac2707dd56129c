/// The range of a sum whose terms have ranges.
struct SumRange {
  private var low: Double
  private var high: Double
  /// The largest sum of the terms' magnitudes, without what the sum starts at.
  private var magnitude = 0.0
  private var hasPositive: Bool
  private var hasNegative: Bool

  init(_ start: Double) {
    (low, high) = (start, start)
    (hasPositive, hasNegative) = (start > 0, start < 0)
  }

  /// Adds a term between two numbers, in whichever order; or none, where the term may be left out.
  mutating func add(_ one: Double, _ other: Double, orNothing: Bool) {
    let (least, most) = (min(one, other), max(one, other))
    low += orNothing ? min(least, 0) : least
    high += orNothing ? max(most, 0) : most
    magnitude += max(abs(least), abs(most))
    if most > 0 { hasPositive = true }
    if least < 0 { hasNegative = true }
  }

  func widened(by slack: Double) -> (low: Double, high: Double) { (low - slack, high + slack) }

  /// The range with what single precision may add in any order of summing, far above what it does: nothing beyond zero
  /// where no term has the sign for it, and nothing where there are no terms.
  var inSinglePrecision: (low: Double, high: Double) {
    let slack = magnitude * 1e-4
    return (
      hasNegative ? low - slack : max(low - slack, 0), hasPositive ? high + slack : min(high + slack, 0)
    )
  }
}

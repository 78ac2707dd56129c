package import Runtimes

/// An estimated cost in one sentence.
package struct CostText: Sendable {
  /// What the processor is called, safe to show.
  package let board: String

  package init(board: String) { self.board = board }

  /// `about 240–570 ms per inference on esp32, likeliest 380 (estimate: …), 23–130 mJ`.
  package func sentence(_ cost: CostVerdict) -> String {
    switch cost {
    case .unknown(let reason): return "no estimate of the time per inference on \(board): \(reason)"
    case .estimate(let estimate):
      let time = estimate.milliseconds
      let energy = estimate.millijoules.map { ", \(Self.range($0)) mJ" } ?? ""
      return "about \(Self.range(time)) ms per inference on \(board), likeliest \(Self.rough(time.best)) "
        + "(estimate: \(estimate.conditions))\(energy)"
    }
  }

  static func range(_ range: CostRange) -> String { "\(rough(range.low))–\(rough(range.high))" }

  /// Two significant digits: `0.042`, `3.7`, `380`, `12,000`.
  static func rough(_ number: Double) -> String {
    guard number >= 0.000_1, number < 1e15 else { return number < 1 ? "0" : "10¹⁵ or more" }
    var unit = 1.0
    var places = 0
    while number / unit >= 99.5 { unit *= 10 }
    while number * unit < 9.95, places < 5 {
      unit *= 10
      places += 1
    }
    if places > 0 { return Figures.decimal(number, places: places) }
    return Figures.grouped(Int((number / unit).rounded() * unit))
  }
}

package import Workflows

/// The line on one arena for several models.
package struct SharedArenaText {
  private let shared: SharedArena
  private let bounds: PlanBounds
  private let style: TerminalStyle

  package init(_ shared: SharedArena, _ bounds: PlanBounds, style: TerminalStyle) {
    self.shared = shared
    self.bounds = bounds
    self.style = style
  }

  /// The text, without a line break at its end.
  package var text: String {
    let need =
      "one arena for all \(shared.modelCount) models: \(Figures.bytes(shared.arenaBytes)) (the largest head, "
      + "\(Figures.grouped(shared.headBytes)), and all tails, \(Figures.grouped(shared.tailBytes)))"
    let verdict = Verdict(shared, bounds)
    let words: String
    switch verdict.outcome {
    case .planned, .refused: return style.text(style.paragraph(need, indent: 0))
    case .fits:
      let place = bounds.board.map { " \(DisplayText.sanitized($0.id))" } ?? ""
      words = "fits\(place), \(verdict.reason)"
    case .doesNotFit: words = "does not fit: \(DisplayText.sanitized(verdict.reason))"
    }
    return style.text(
      style.paragraph(
        "\(need); \(words)", indent: 0, tone: verdict.isFailure ? .strongBad : .strongGood))
  }
}

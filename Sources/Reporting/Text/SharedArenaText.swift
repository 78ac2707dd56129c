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
    guard let board = bounds.board, let fit = bounds.fit(arenaBytes: shared.arenaBytes) else {
      return style.text(style.paragraph(need, indent: 0))
    }
    let verdict =
      fit.fits
      ? "fits \(DisplayText.sanitized(board.id)), \(Figures.grouped(fit.marginBytes)) to spare"
      : "does not fit \(DisplayText.sanitized(board.id)), missing \(Figures.grouped(fit.missingBytes))"
    return style.text(
      style.paragraph("\(need); \(verdict)", indent: 0, tone: fit.fits ? .strongGood : .strongBad))
  }
}

import Boards
import Passes
import Workflows

/// Whether an arena fits a board, in the words that people search for.
struct FitText {
  let style: TerminalStyle

  /// `fits esp32 (…): requested … bytes, available …, … bytes to spare`; two lines where one is too narrow.
  func lines(_ board: Board, _ fit: BoardFit) -> [String] {
    let name = DisplayText.sanitized("\(board.id) (\(board.name))")
    let figures =
      "requested \(Figures.grouped(fit.requestedBytes)) bytes, available \(Figures.grouped(fit.availableBytes))"
    if fit.fits {
      let spare = "\(Figures.grouped(fit.marginBytes)) bytes to spare"
      return sentence("fits \(name):", "\(figures), \(spare)", .strongGood)
    }
    return sentence(
      "does not fit \(name):", "\(figures), missing \(Figures.grouped(fit.missingBytes))", .strongBad)
  }

  /// Arena and flash together.
  func lines(_ board: Board, _ limits: FitLimits, _ figures: ModelFigures) -> [String] {
    let shortage = limits.shortage(of: figures)
    let arena = lines(board, limits.fit(arenaBytes: figures.arenaBytes))
    guard shortage.flashBytes > 0 else { return arena }
    let code = figures.codeBytes.map { " and TFLM's code of about \(Figures.binaryBytes($0))" } ?? ""
    let flash =
      "the file's \(Figures.grouped(figures.fileBytes)) bytes\(code) are more than the flash, "
      + "missing \(Figures.grouped(shortage.flashBytes))"
    if shortage.arenaBytes > 0 { return arena + style.paragraph(flash, tone: .strongBad) }
    let name = DisplayText.sanitized("\(board.id) (\(board.name))")
    return sentence("does not fit \(name):", flash, .strongBad)
  }

  /// One line where both parts fit on it, else a line each.
  func sentence(_ verdict: String, _ figures: String, _ tone: TerminalStyle.Tone) -> [String] {
    let line = "\(verdict) \(figures)"
    if line.count <= style.width { return [style.paint(line, tone)] }
    return style.paragraph(verdict, indent: 0, tone: tone) + style.paragraph(figures, tone: tone)
  }
}

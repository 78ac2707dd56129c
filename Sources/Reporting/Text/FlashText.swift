import Runtimes
import Workflows

/// Whether the model and the code that runs it fit into flash.
struct FlashText {
  let flash: FlashReport
  /// The board's name as shown; nil without one.
  let board: String?
  let style: TerminalStyle

  var lines: [String] { boardLines + limitLines }

  private var need: String {
    guard let code = flash.code else { return "\(Figures.grouped(flash.fileBytes)) bytes of the file" }
    return "\(Figures.grouped(flash.fileBytes)) bytes of the file, and TFLM's code of about "
      + "\(Figures.binaryBytes(code.best)) (\(Figures.binaryBytes(code.low)) to \(Figures.binaryBytes(code.high)))"
  }

  private var boardLines: [String] {
    guard let board, let available = flash.availableBytes, let fit = flash.fit else { return [] }
    let figures = "\(need); available \(Figures.grouped(available))"
    switch fit {
    case .fits: return style.paragraph("flash of \(board): fits: \(figures)", indent: 0)
    case .probably:
      return style.paragraph(
        "flash of \(board): probably fits: \(figures); the code is an estimate", indent: 0, tone: .warning)
    case .doesNotFit:
      let missing = flash.requestedBytes - available
      return style.paragraph(
        "does not fit the flash of \(board): \(figures), missing \(Figures.grouped(missing))", indent: 0,
        tone: .strongBad)
    }
  }

  private var limitLines: [String] {
    guard let limit = flash.limitBytes else { return [] }
    let isMet = flash.verdict(for: limit) != .doesNotFit
    return style.paragraph(
      "\(isMet ? "within" : "over") the limit of flash: \(need); allowed \(Figures.grouped(limit))",
      indent: 0,
      tone: isMet ? .strongGood : .strongBad)
  }
}

import Boards
import Workflows

/// Whether the plan fits, in the words that people search for.
struct VerdictText {
  let report: PlanReport
  let style: TerminalStyle

  var lines: [String] {
    let compatibility = CompatibilityText(verdict: report.verdict, subject: "this model", style: style)
    return compatibility.lines + (report.isRefused ? [] : board + flash + cost + limit)
  }

  private var requested: String { "requested \(Figures.grouped(report.requestedBytes)) bytes" }

  private var board: [String] {
    if report.regions != nil { return [] }
    guard let board = report.board, let fit = report.fit else {
      let what = report.runtime == nil ? "the tensors' arena" : "TFLM's arena"
      let need = "\(requested) in one block for \(what); "
      return style.paragraph(need + "name a board with --board to learn whether it fits", indent: 0)
    }
    let verdict = FitText(style: style).lines(board, fit)
    return verdict + (fit.fits ? [] : style.paragraph(memory(board)))
      + style.paragraph(reserve(board), tone: .faint) + (fit.fits ? [] : remedy(board)) + persistent
  }

  /// The command that makes the model fit, on one line so that it can be pasted.
  private func remedy(_ board: Board) -> [String] {
    guard report.isForTFLM else { return [] }
    let command = FitReport.command(path: report.path, board: board.id)
    return style.paragraph("to make it fit:") + ["    " + DisplayText.sanitized(command)]
  }

  private var persistent: [String] {
    if report.runtime != nil { return [] }
    return style.paragraph(
      "the tensors alone need this; an interpreter such as TFLM adds its persistent data on top",
      tone: .faint)
  }

  private var flash: [String] {
    guard let flash = report.flash else { return [] }
    return FlashText(flash: flash, board: report.board.map { DisplayText.sanitized($0.id) }, style: style)
      .lines
  }

  /// What of the memory is not the arena's.
  private func reserve(_ board: Board) -> String {
    let reserved = report.bounds.reservedBytes
    if reserved > 0 { return "\(Figures.grouped(reserved)) bytes are reserved for the rest of the firmware" }
    guard report.runtime != nil, report.bounds.arenaMemory == .sram, board.availableBytes == board.sramBytes
    else { return "" }
    return
      "that is all SRAM: stack, heap, an operating system and radio come on top; --reserve 60K counts them"
  }

  private func memory(_ board: Board) -> String {
    if report.bounds.arenaMemory == .psram {
      return board.psramBytes == 0
        ? "the board has no external RAM" : "available is the external RAM, which is slow"
    }
    let total = Figures.bytes(board.sramBytes)
    let external = Figures.binaryBytes(board.psramBytes)
    let psram = board.psramBytes > 0 ? ", and \(external) of slow external RAM" : ""
    guard let block = board.largestContiguousBytes else {
      return "available is all SRAM, \(total); how it is divided is not known\(psram)"
    }
    if block == board.sramBytes { return "available is all SRAM, \(total)\(psram)" }
    return "available is the largest contiguous block an arena can use; SRAM in all: \(total)\(psram)"
  }

  private var cost: [String] {
    guard let cost = report.cost, let board = report.board else { return [] }
    let text = CostText(board: DisplayText.sanitized(board.id)).sentence(cost)
    return style.paragraph(text, indent: 0, tone: cost.estimate == nil ? .faint : .plain)
  }

  private var limit: [String] {
    guard let limit = report.limitBytes else { return [] }
    let margin = limit - report.requestedBytes
    let figures = "\(requested), allowed \(Figures.grouped(limit))"
    if margin >= 0 {
      let spare = "\(Figures.grouped(margin)) bytes to spare"
      return FitText(style: style).sentence("within the limit:", "\(figures), \(spare)", .strongGood)
    }
    return FitText(style: style).sentence(
      "over the limit:", "\(figures), \(Figures.grouped(-margin)) too many", .strongBad)
  }
}

import Passes
import Tensors
import Workflows

/// What stripes do for a model, loop by loop, and what was tried.
struct StripeText {
  let report: PlanReport
  let style: TerminalStyle

  var lines: [String] {
    guard let stripes = report.stripes else { return [] }
    return [style.paint("Stripes: layers computed a few rows at a time", .heading)]
      + (stripes.reason.map { style.paragraph("none: \($0)") } ?? outcome(stripes)) + curve(stripes)
  }

  private func outcome(_ stripes: StripeReport) -> [String] {
    let saved =
      "arena \(Figures.bytes(stripes.arenaBytes)) instead of \(Figures.bytes(stripes.wholeArenaBytes)), "
      + "head \(Figures.grouped(stripes.headBytes)) B instead of \(Figures.grouped(stripes.wholeHeadBytes)) B, "
      + "for \(percent(stripes.extraPart)) more multiply-accumulates"
    let needed = stripes.neededRelease.map {
      style.paragraph(
        "the file needs TFLM of \($0) or later, for \(stripes.neededFor.joined(separator: ", "))")
    }
    return style.paragraph(saved, tone: .good) + bound(stripes) + stripes.runs.flatMap(run)
      + stripes.splits.flatMap(split) + (needed ?? [])
  }

  /// How far the head is from what no stripes go below.
  private func bound(_ stripes: StripeReport) -> [String] {
    let (head, least) = (stripes.headBytes, stripes.headLowerBoundBytes)
    guard least > 0 else { return [] }
    guard head > least else { return style.paragraph("proved: no stripes make the head smaller") }
    let gap = percent(Double(head - least) / Double(least))
    return style.paragraph(
      "not proved: the head is at most \(gap) above \(Figures.grouped(least)) B, below which no stripes bring it: inputs and "
        + "outputs of the model and of layers that need whole maps")
  }

  private func split(_ split: StripedModel.Split) -> [String] {
    style.paragraph(
      "\(split.first) to \(split.last): channels in \(split.parts) parts, one after the other")
  }

  private func run(_ run: StripedModel.Run) -> [String] {
    style.paragraph(
      (run.first == run.last ? run.first : "\(run.first) to \(run.last)")
        + ": \(run.turns) turns of "
        + run.rowsPerTurn.counted(run.isByColumns ? "column" : "row")
        + ", \(kept(run.keptMaps)), the result "
        + (run.isResultOnSource ? "takes the place of what the loop reads" : "stands apart")
        + "; the run ends there: \(run.end)")
  }

  private func kept(_ count: Int) -> String {
    switch count {
    case 0: "no map keeps rows from turn to turn"
    case 1: "1 map keeps rows from turn to turn"
    default: "\(count) maps keep rows from turn to turn"
    }
  }

  /// Arenas against extra work.
  private func curve(_ stripes: StripeReport) -> [String] {
    guard !stripes.tried.isEmpty else { return [] }
    var table = TextTable([.right, .right, .right, .right])
    table.add(["arena", "head", "more MACs", "loops"].map { TextTable.Cell($0, .faint) })
    for point in stripes.tried {
      let part = Double(point.extraWork) / Double(max(stripes.work, 1))
      table.add([
        TextTable.Cell("\(Figures.grouped(point.arenaBytes)) B"),
        TextTable.Cell("\(Figures.grouped(point.headBytes)) B"),
        TextTable.Cell(stripes.work > 0 ? percent(part) : "\(Figures.grouped(point.extraWork))"),
        TextTable.Cell("\(point.runCount)"),
      ])
    }
    let title =
      stripes.runs.isEmpty ? "what was tried:" : "what was tried, the smallest or the least extra work taken:"
    return style.paragraph(title, tone: .faint) + table.lines(style)
  }

  private func percent(_ part: Double) -> String { "\((part * 1000).rounded() / 10) %" }
}

import Workflows

/// The operator and the tensors that make the peak.
struct PeakText {
  let report: PlanReport
  let marks: TensorMarks
  let style: TerminalStyle

  private static let longestLabel = 60

  var lines: [String] {
    guard let peak = report.peak, report.plan.peakBytes > 0 else { return [] }
    let title = style.paint("What makes the peak", .heading)
    let label = DisplayText.shortened(DisplayText.sanitized(peak.operatorLabel), to: Self.longestLabel)
    return ["\(title): step \(peak.step), \(label)"] + table(peak)
  }

  private func table(_ peak: PlanReport.PeakStep) -> [String] {
    var table = TextTable([.left, .right, .right, .left, .left, .flexible, .left, .left])
    for live in marks.atPeak { table.add(row(live)) }
    let rest = peak.buffers.dropFirst(marks.atPeak.count)
    if !rest.isEmpty {
      let bytes = rest.reduce(0) { $0 + report.plan.buffers[$1.index].byteCount }
      table.add([
        "", TextTable.Cell("\(Figures.grouped(bytes)) B"),
        TextTable.Cell(Figures.share(bytes, of: report.plan.peakBytes)), "", "",
        TextTable.Cell("and \(Figures.grouped(rest.count)) more", .faint),
      ])
    }
    return table.lines(style)
  }

  private func row(_ live: PlanReport.LiveBuffer) -> [TextTable.Cell] {
    let facts = report.buffers[live.index]
    let tensor = report.plan.buffers[live.index]
    return [
      TextTable.Cell(marks.letter(of: live.index).map(String.init) ?? "", .accent),
      TextTable.Cell("\(Figures.grouped(tensor.byteCount)) B"),
      TextTable.Cell(Figures.share(tensor.byteCount, of: report.plan.peakBytes)),
      TextTable.Cell(live.role.rawValue),
      TextTable.Cell(ArenaMap.steps(tensor.lifetime, isShort: style.width < 90), .faint),
      TextTable.Cell(DisplayText.sanitized(facts.name)),
      TextTable.Cell(facts.elementType == nil ? "" : facts.shape?.description ?? "?"),
      TextTable.Cell(facts.elementType?.description ?? "", .faint),
    ]
  }
}

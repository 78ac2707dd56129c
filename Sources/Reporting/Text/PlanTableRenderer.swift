/// One row for each of several models, and a row for all of them.
package struct PlanTableRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The table's text, without a line break at its end.
  ///
  /// The column `arena` stands there where a plan's arena differs from its peak, `spare` where there is
  /// a limit, `time` where the terminal is wide.
  package func render(_ reports: [PlanReport]) -> String {
    guard !reports.isEmpty else { return "" }
    let hasArena = reports.contains { $0.plan.arenaBytes != $0.plan.peakBytes }
    let hasLimit = reports.contains { !$0.limits.isEmpty }
    let shared = Self.sharedFolder(reports.map(\.path))
    let heads = ["model", "ops", "file order", "planned", "change", "proof", "arena", "spare", "time"]
    var rows = [heads.map { TextTable.Cell($0, .heading) }]
    rows += reports.map { row($0, path: String($0.path.dropFirst(shared))) }
    if reports.count > 1 { rows.append(total(reports)) }
    var table = TextTable(
      [.flexible, .right, .right, .right, .right, .left, .right, .right, .right], indent: 0)
    for var row in rows {
      if !hasArena { row[6] = "" }
      if !hasLimit { row[7] = "" }
      if style.width < 100 { row[8] = "" }
      table.add(row)
    }
    return style.text(table.lines(style))
  }

  /// Characters of the folder that all paths lie in, up to its last slash.
  private static func sharedFolder(_ paths: [String]) -> Int {
    func folder(_ path: Substring) -> Substring {
      path.lastIndex(of: "/").map { path[...$0] } ?? ""
    }
    var shared = folder(Substring(paths.first ?? ""))
    for path in paths {
      while !path.hasPrefix(shared) { shared = folder(shared.dropLast()) }
    }
    return shared.count
  }

  private func row(_ report: PlanReport, path: String) -> [TextTable.Cell] {
    let plan = report.plan
    let file = filePeak(report)
    let margin = spare(report)
    return [
      TextTable.Cell(DisplayText.sanitized(path)),
      TextTable.Cell(Figures.grouped(report.summary.totalOperatorCount)),
      TextTable.Cell(Figures.grouped(file)), TextTable.Cell(Figures.grouped(plan.peakBytes)),
      change(from: file, to: plan.peakBytes), proof(report),
      TextTable.Cell(Figures.grouped(plan.arenaBytes)),
      TextTable.Cell(margin.map(Figures.grouped) ?? "", (margin ?? 0) < 0 ? .bad : .good),
      TextTable.Cell(Figures.seconds(report.seconds), .faint),
    ]
  }

  private func total(_ reports: [PlanReport]) -> [TextTable.Cell] {
    let file = reports.map(filePeak).saturatingSum
    let planned = reports.map(\.plan.peakBytes).saturatingSum
    let operators = reports.map(\.summary.totalOperatorCount).saturatingSum
    let fitting = reports.compactMap(spare).count { $0 >= 0 }
    return [
      TextTable.Cell("\(reports.count) models", .heading),
      TextTable.Cell(Figures.grouped(operators), .heading),
      TextTable.Cell(Figures.grouped(file), .heading), TextTable.Cell(Figures.grouped(planned), .heading),
      change(from: file, to: planned),
      TextTable.Cell("\(reports.count(where: \.plan.isPeakProved)) proved", .heading),
      TextTable.Cell(Figures.grouped(reports.map(\.plan.arenaBytes).saturatingSum), .heading),
      TextTable.Cell("\(fitting) fit", .heading),
      TextTable.Cell(Figures.seconds(reports.reduce(0) { $0 + $1.seconds }), .heading),
    ]
  }

  private func filePeak(_ report: PlanReport) -> Int {
    report.orders.first { $0.name == .file }?.peakBytes ?? report.plan.peakBytes
  }

  private func change(from file: Int, to planned: Int) -> TextTable.Cell {
    guard file != planned else { return "" }
    return TextTable.Cell(Figures.change(from: file, to: planned), planned < file ? .good : .bad)
  }

  private func proof(_ report: PlanReport) -> TextTable.Cell {
    let plan = report.plan
    if plan.isPeakProved { return TextTable.Cell("proved", .good) }
    let gap = Figures.share(plan.peakBytes - plan.lowerBoundBytes, of: plan.lowerBoundBytes)
    return TextTable.Cell(gap.isEmpty ? "not proved" : "within \(gap)", .warning)
  }

  /// Bytes left below the tightest of the board and the limit.
  private func spare(_ report: PlanReport) -> Int? {
    report.limits.map { $0.bytes - report.requestedBytes }.min()
  }
}

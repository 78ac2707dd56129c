package import Workflows

/// One row for each of several models, and a row for all of them.
package struct PlanTableRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The table's text, without a line break at its end.
  ///
  /// Stock and planned are the arenas that TFLM takes, or peak in the file's order and arena of the tensors
  /// alone. The column `spare` stands there where there is a limit, `time` where the terminal is wide.
  package func render(_ reports: [PlanReport]) -> String {
    guard !reports.isEmpty else { return "" }
    let hasLimit = reports.contains { !$0.limits.isEmpty }
    let shared = Self.sharedFolder(reports.map(\.path))
    let heads = ["model", "ops", "stock", "planned", "change", "proof", "spare", "time"]
    var rows = [heads.map { TextTable.Cell($0, .heading) }]
    rows += reports.map { row($0, path: String($0.path.dropFirst(shared))) }
    if reports.count > 1 { rows.append(total(reports)) }
    var table = TextTable(
      [.flexible, .right, .right, .right, .right, .left, .right, .right], indent: 0)
    for var row in rows {
      if !hasLimit { row[6] = "" }
      if style.width < 100 { row[7] = "" }
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
    let margin = spare(report)
    return [
      TextTable.Cell(DisplayText.sanitized(path)),
      TextTable.Cell(Figures.grouped(report.summary.totalOperatorCount)),
      TextTable.Cell(Figures.grouped(report.stockBytes)),
      TextTable.Cell(Figures.grouped(report.requestedBytes)),
      change(from: report.stockBytes, to: report.requestedBytes), proof(report),
      TextTable.Cell(margin.map(Figures.grouped) ?? "", (margin ?? 0) < 0 ? .bad : .good),
      TextTable.Cell(Figures.seconds(report.seconds), .faint),
    ]
  }

  private func total(_ reports: [PlanReport]) -> [TextTable.Cell] {
    let stock = reports.map(\.stockBytes).saturatingSum
    let planned = reports.map(\.requestedBytes).saturatingSum
    let operators = reports.map(\.summary.totalOperatorCount).saturatingSum
    let fitting = reports.count { $0.isWithinLimits && spare($0) != nil }
    return [
      TextTable.Cell("\(reports.count) models", .heading),
      TextTable.Cell(Figures.grouped(operators), .heading),
      TextTable.Cell(Figures.grouped(stock), .heading), TextTable.Cell(Figures.grouped(planned), .heading),
      change(from: stock, to: planned),
      TextTable.Cell("\(reports.count(where: \.plan.isProved)) proved", .heading),
      TextTable.Cell("\(fitting) fit", .heading),
      TextTable.Cell(Figures.seconds(reports.reduce(0) { $0 + $1.seconds }), .heading),
    ]
  }

  private func change(from stock: Int, to planned: Int) -> TextTable.Cell {
    guard stock != planned else { return "" }
    return TextTable.Cell(Figures.change(from: stock, to: planned), planned < stock ? .good : .bad)
  }

  private func proof(_ report: PlanReport) -> TextTable.Cell {
    let plan = report.plan
    if report.isRefused { return TextTable.Cell("refused", .bad) }
    if report.flash?.isWithinLimits == false { return TextTable.Cell("over flash", .bad) }
    if plan.isProved { return TextTable.Cell("proved", .good) }
    let gap = Figures.share(plan.arenaBytes - plan.lowerBoundBytes, of: plan.lowerBoundBytes)
    return TextTable.Cell(gap.isEmpty ? "not proved" : "within \(gap)", .warning)
  }

  /// Bytes left below the tightest of the board and the limit.
  private func spare(_ report: PlanReport) -> Int? {
    report.limits.map { $0.bytes - report.requestedBytes }.min()
  }
}

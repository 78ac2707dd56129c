package import Workflows

/// Several boards: a row for each model, a column for each board.
package struct PlanMatrixRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The table's text, without a line break at its end: bytes to spare, or what is missing, of flash where the arena fits.
  ///
  /// - Parameter reports: for every model all boards, in the same order.
  package func render(_ reports: [[PlanReport]]) -> String {
    guard let first = reports.first else { return "" }
    var table = TextTable([.flexible] + first.map { _ in .right }, indent: 0)
    table.add(
      [TextTable.Cell("model", .heading)]
        + first.map { TextTable.Cell(DisplayText.sanitized($0.board?.id ?? ""), .heading) })
    for row in reports {
      let name = row.first.map { DisplayText.sanitized($0.path) } ?? ""
      table.add([TextTable.Cell(name)] + row.map(cell))
    }
    let counts = first.indices.map { column in
      let fitting = reports.count { $0.indices.contains(column) && !Verdict($0[column]).isFailure }
      return TextTable.Cell("\(fitting) of \(reports.count) fit", .heading)
    }
    table.add(["" as TextTable.Cell] + counts)
    return style.text(table.lines(style))
  }

  private func cell(_ report: PlanReport) -> TextTable.Cell {
    func missing(_ bytes: Int, _ what: String = "") -> TextTable.Cell {
      TextTable.Cell("\(what)−\(Figures.grouped(bytes))", .bad)
    }
    switch report.shortfall {
    case .refused: return TextTable.Cell("refused", .bad)
    case .regions: return TextTable.Cell("regions", .bad)
    case .board(_, let bytes): return missing(bytes)
    case .limit(let bytes): return missing(bytes, "limit ")
    case .flash(let bytes): return missing(bytes, "flash ")
    case nil: return TextTable.Cell(Figures.grouped(report.fit?.marginBytes ?? 0), .good)
    }
  }
}

import Zoo

/// A zoo's results for a terminal: bytes to spare for several boards, or a row for each model.
///
/// Models' names stand in full: they tell the rows apart.
package struct ZooTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The text without a line break at its end.
  package func render(_ sheet: ZooSheet) -> String {
    let table = sheet.boards.count > 1 ? matrix(sheet) : list(sheet)
    let errors = sheet.rows.filter { $0.verdict == .error }.map { row in
      style.paint(
        DisplayText.sanitized("\(row.model)\(row.board.isEmpty ? "" : " on \(row.board)"): \(row.reason)"),
        .bad)
    }
    return ([style.text(table)] + errors + style.paragraph(ZooTotals(sheet.rows).sentence, indent: 0)).joined(
      separator: "\n")
  }

  private func matrix(_ sheet: ZooSheet) -> [String] {
    var table = TextTable([.left] + sheet.boards.map { _ in .right }, indent: 0)
    table.add(
      [TextTable.Cell("model", .heading)] + sheet.boards.map { TextTable.Cell(clean($0.id), .heading) })
    let byBoard = Dictionary(grouping: sheet.rows, by: \.board)
    var names: [String] = []
    for row in sheet.rows where names.last != row.model { names.append(row.model) }
    let found = Dictionary(sheet.rows.map { (Place($0.model, $0.board), $0) }) { first, _ in first }
    for name in names {
      let cells = sheet.boards.map { board in found[Place(name, board.id)].map(spare) ?? "" }
      table.add([TextTable.Cell(clean(name))] + cells)
    }
    let counts = sheet.boards.map { board in
      let rows = byBoard[board.id] ?? []
      return TextTable.Cell("\(rows.count { $0.verdict == .fits }) of \(rows.count) fit", .heading)
    }
    table.add(["" as TextTable.Cell] + counts)
    return table.lines(style)
  }

  private struct Place: Hashable {
    let model: String
    let board: String
    init(_ model: String, _ board: String) { (self.model, self.board) = (model, board) }
  }

  private func list(_ sheet: ZooSheet) -> [String] {
    let heads = ["model", "ops", "stock", "planned"] + (sheet.hasOptimized ? ["optimized"] : [])
    var table = TextTable(
      [.left, .right, .right, .right] + (sheet.hasOptimized ? [.right] : []) + [.right, .left, .right],
      indent: 0)
    table.add((heads + ["change", "proof", "spare"]).map { TextTable.Cell($0, .heading) })
    for row in sheet.rows {
      var cells = [
        TextTable.Cell(clean(row.model)), TextTable.Cell(row.operators.map(Figures.grouped) ?? ""),
        TextTable.Cell(ZooSheet.bytes(row.stockBytes)), TextTable.Cell(ZooSheet.bytes(row.plannedBytes)),
      ]
      if sheet.hasOptimized { cells.append(TextTable.Cell(ZooSheet.bytes(row.optimized?.arenaBytes))) }
      cells += [
        TextTable.Cell(ZooSheet.change(row), .good),
        TextTable.Cell(ZooSheet.proof(row), row.isProved == true ? .good : .warning), spare(row),
      ]
      table.add(cells)
    }
    return table.lines(style)
  }

  private func spare(_ row: ZooRow) -> TextTable.Cell {
    switch row.verdict {
    case .error: return TextTable.Cell("error", .bad)
    case .refused: return TextTable.Cell("refused", .bad)
    case .doesNotFit:
      guard let spare = row.spareBytes, spare < 0 else { return TextTable.Cell("no flash", .bad) }
      return TextTable.Cell("−\(Figures.grouped(-spare))", .bad)
    case .fits, .planned: return TextTable.Cell(ZooSheet.bytes(row.spareBytes), .good)
    }
  }

  private func clean(_ text: String) -> String { DisplayText.sanitized(text) }
}

/// A comma-separated table of plain numbers and names: no quotes, one header line.
struct CSVRows {
  struct Row {
    /// The line in the file, from 1.
    let line: Int
    fileprivate let cells: [String]
  }

  let rows: [Row]
  private let columns: [String: Int]

  /// - Throws: `PlanningError.invalidCSV` where a required column is missing or repeated or a row's
  ///   length is not the header's.
  init(_ text: String, requiring required: [String]) throws(PlanningError) {
    var columns: [String: Int] = [:]
    var rows: [Row] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
      if cells == [""] { continue }
      if columns.isEmpty {
        for (index, name) in cells.enumerated() {
          guard columns.updateValue(index, forKey: name) == nil else {
            throw .invalidCSV(line: number + 1, reason: "column '\(name)' appears twice")
          }
        }
      } else {
        guard cells.count == columns.count else {
          throw .invalidCSV(line: number + 1, reason: "\(cells.count) cells under \(columns.count) columns")
        }
        rows.append(Row(line: number + 1, cells: cells))
      }
    }
    for name in required where columns[name] == nil {
      throw .invalidCSV(
        line: 1, reason: "column '\(name)' is missing; needed: \(required.joined(separator: ","))")
    }
    self.rows = rows
    self.columns = columns
  }

  /// A cell's text; empty where the table lacks the column.
  func text(_ name: String, in row: Row) -> String {
    columns[name].map { row.cells[$0] } ?? ""
  }

  /// A cell's number, or nil where it is empty or the table lacks the column.
  func integer(_ name: String, in row: Row) throws(PlanningError) -> Int? {
    let text = text(name, in: row)
    if text.isEmpty { return nil }
    guard let number = Int(text) else {
      throw .invalidCSV(line: row.line, reason: "'\(text)' under '\(name)' is not a whole number")
    }
    return number
  }

  /// A cell's number.
  func requiredInteger(_ name: String, in row: Row) throws(PlanningError) -> Int {
    guard let number = try integer(name, in: row) else {
      throw .invalidCSV(line: row.line, reason: "'\(name)' is empty")
    }
    return number
  }

  private static func trimmed(_ cell: Substring) -> String {
    var cell = cell.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    while cell.last?.isWhitespace == true { cell.removeLast() }
    return String(cell)
  }
}

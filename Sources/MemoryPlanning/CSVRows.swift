/// A comma-separated table of plain numbers and names, one header line; a line is a row, quoted or not.
struct CSVRows {
  struct Row {
    /// The line in the file, from 1.
    let line: Int
    fileprivate let cells: [String]
  }

  let rows: [Row]
  private let columns: [String: Int]

  /// - Throws: `PlanningError.invalidCSV` where a required column is missing or repeated, a quote is not
  ///   closed, or a row's length is not the header's.
  init(_ text: String, requiring required: [String]) throws(PlanningError) {
    var columns: [String: Int] = [:]
    var rows: [Row] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      let cells = try Self.cells(of: line, number: number)
      if cells == [""] { continue }
      try Self.checkCharacters(of: cells, number: number)
      if columns.isEmpty {
        columns = try Self.columns(cells, requiring: required, line: number)
      } else {
        guard cells.count == columns.count else {
          throw .invalidCSV(line: number, reason: "\(cells.count) cells under \(columns.count) columns")
        }
        rows.append(Row(line: number, cells: cells))
      }
    }
    if columns.isEmpty { _ = try Self.columns([], requiring: required, line: 1) }
    self.rows = rows
    self.columns = columns
  }

  /// Names go on to terminals, which obey such characters instead of showing them.
  private static func checkCharacters(of cells: [String], number: Int) throws(PlanningError) {
    for scalar in cells.lazy.flatMap(\.unicodeScalars) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        let code = String(scalar.value, radix: 16, uppercase: true)
        throw .invalidCSV(line: number, reason: "there is the invisible character U+\(code); remove it")
      default: break
      }
    }
  }

  private static func columns(
    _ names: [String], requiring required: [String], line: Int
  ) throws(PlanningError) -> [String: Int] {
    var columns: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard columns.updateValue(index, forKey: name) == nil else {
        throw .invalidCSV(line: line, reason: "column '\(name)' appears twice")
      }
    }
    for name in required where columns[name] == nil {
      throw .invalidCSV(
        line: line, reason: "column '\(name)' is missing; needed: \(required.joined(separator: ","))")
    }
    return columns
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

  /// The cells of a line, without the quotes around them.
  private static func cells(of line: Substring, number: Int) throws(PlanningError) -> [String] {
    guard line.contains("\"") else {
      return line.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    }
    var cells: [String] = []
    var start = line.startIndex
    var isQuoted = false
    for index in line.indices {
      if line[index] == "\"" { isQuoted.toggle() }
      guard line[index] == ",", !isQuoted else { continue }
      cells.append(unquoted(trimmed(line[start..<index])))
      start = line.index(after: index)
    }
    guard !isQuoted else { throw .invalidCSV(line: number, reason: "a quote is not closed") }
    return cells + [unquoted(trimmed(line[start...]))]
  }

  private static func unquoted(_ cell: String) -> String {
    guard cell.count > 1, cell.hasPrefix("\""), cell.hasSuffix("\"") else { return cell }
    var text = ""
    var isEscaped = false
    for character in cell.dropFirst().dropLast() {
      isEscaped = character == "\"" && !isEscaped
      if !isEscaped { text.append(character) }
    }
    return text
  }

  /// A cell as it stands in a file: in quotes where its text would be read differently without.
  static func quotedIfNeeded(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    return "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }

  private static func trimmed(_ cell: Substring) -> String {
    var cell = cell.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    while cell.last?.isWhitespace == true { cell.removeLast() }
    return String(cell)
  }
}

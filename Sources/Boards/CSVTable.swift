/// A comma-separated table with named columns, as RFC 4180 describes it.
///
/// The first record names the columns. Every field remembers where it began, so that whoever reads the values can
/// point at the place of a wrong one.
package struct CSVTable: Sendable, Equatable {
  /// A place in the text; lines and columns count from 1, columns in Unicode scalars.
  package struct Position: Sendable, Hashable {
    /// The line, where a line break inside quotes counts too.
    package let line: Int
    /// The column within the line.
    package let column: Int

    /// Makes a place from its line and column, both counted from 1.
    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// One value: its text without the enclosing quotes, and where it began.
  package struct Field: Sendable, Equatable {
    /// The text, with doubled quotes made single.
    package let text: String
    /// The place of the first character, the opening quote if there is one.
    package let position: Position
  }

  /// The names of the columns, trimmed of surrounding spaces. A name may be empty; no other name occurs
  /// twice, whatever its case.
  package let header: [String]
  private let columnIndices: [String: Int]

  /// The records below the header, each with as many fields as the header. Empty lines are left out.
  package let rows: [[Field]]

  /// Reads a table.
  ///
  /// Accepts a byte order mark, lines that end in LF, CRLF or CR, and a last line without an end.
  ///
  /// - Throws: `CSVError` with the place of the first violation.
  package init(parsing text: String) throws(CSVError) {
    var reader = CSVReader(text)
    var records = try reader.readRecords()
    guard !records.isEmpty else { throw .noHeader }
    let names = records.removeFirst()
    header = names.map { $0.text.trimmed() }
    var columnIndices: [String: Int] = [:]
    for (index, name) in header.enumerated() where !name.isEmpty {
      let earlier = columnIndices.updateValue(index, forKey: name.lowercased())
      guard earlier == nil else { throw .duplicateColumn(name, names[index].position) }
    }
    self.columnIndices = columnIndices
    for record in records where record.count != header.count {
      let position = record.first?.position ?? Position(line: 1, column: 1)
      throw .fieldCount(expected: header.count, found: record.count, position)
    }
    rows = records
  }

  /// Reads a table from the bytes of a file.
  ///
  /// - Throws: `CSVError`, also when the bytes are not UTF-8.
  package init(parsing bytes: [UInt8]) throws(CSVError) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    try self.init(parsing: text)
  }

  /// The index of the column with this name, whatever its case, or `nil` when there is none.
  package func columnIndex(named name: String) -> Int? {
    columnIndices[name.lowercased()]
  }
}

extension CSVTable {
  /// The text of a table; reading it gives the same header and values back.
  ///
  /// Quotes only the fields that need it. Every row must have as many values as `header`.
  package static func text(header: [String], rows: [[String]], lineEnding: String = "\n") -> String {
    var text = ""
    for values in [header] + rows {
      precondition(values.count == header.count, "a CSV row has \(values.count) of \(header.count) values")
      text += record(values) + lineEnding
    }
    return text
  }

  /// One record without its line ending. A lone empty value is quoted: an empty line would not be a record.
  private static func record(_ values: [String]) -> String {
    if values == [""] { return "\"\"" }
    return values.map(quotedIfNeeded).joined(separator: ",")
  }

  private static func quotedIfNeeded(_ value: String) -> String {
    let special: [Unicode.Scalar] = ["\"", ",", "\n", "\r"]
    let startsLikeMark = value.unicodeScalars.first == "\u{FEFF}"
    guard startsLikeMark || value.unicodeScalars.contains(where: special.contains) else { return value }
    var quoted = "\""
    for scalar in value.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    quoted.unicodeScalars.append("\"")
    return quoted
  }
}

extension String {
  /// This text without the white space around it.
  func trimmed() -> String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

/// Splits comma-separated text into records and fields, with the place of each.
struct CSVReader {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var column = 1

  /// Makes a reader that stands at the first character of `text`, behind a byte order mark if there is one.
  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// All records that are left, without those that are an empty line.
  mutating func readRecords() throws(CSVError) -> [[CSVTable.Field]] {
    var records: [[CSVTable.Field]] = []
    while index < bytes.count {
      let start = index
      let record = try readRecord()
      let isEmptyLine = record.count == 1 && (bytes[start] == .lineFeed || bytes[start] == .carriageReturn)
      if !isEmptyLine { records.append(record) }
    }
    return records
  }

  private mutating func readRecord() throws(CSVError) -> [CSVTable.Field] {
    var record: [CSVTable.Field] = []
    while true {
      record.append(try readField())
      guard index < bytes.count else { return record }
      let isLast = bytes[index] != .comma
      advance()
      if isLast { return record }
    }
  }

  /// Reads one field and stops at the comma, the line ending or the end behind it.
  private mutating func readField() throws(CSVError) -> CSVTable.Field {
    let start = position
    guard index < bytes.count, bytes[index] == .quote else {
      return CSVTable.Field(text: try readPlainText(), position: start)
    }
    let text = try readQuotedText()
    guard index == bytes.count || isFieldEnd(bytes[index]) else { throw .textAfterQuote(position) }
    return CSVTable.Field(text: text, position: start)
  }

  private mutating func readPlainText() throws(CSVError) -> String {
    let start = index
    while index < bytes.count, !isFieldEnd(bytes[index]) {
      if bytes[index] == .quote { throw .strayQuote(position) }
      advance()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func readQuotedText() throws(CSVError) -> String {
    let opening = position
    var content: [UInt8] = []
    advance()
    while index < bytes.count {
      let start = index
      let isQuote = bytes[index] == .quote
      advance()
      if !isQuote {
        content += bytes[start..<index]
      } else if index < bytes.count, bytes[index] == .quote {
        content.append(.quote)
        advance()
      } else {
        return String(decoding: content, as: UTF8.self)
      }
    }
    throw .unclosedQuote(opening)
  }

  private var position: CSVTable.Position { CSVTable.Position(line: line, column: column) }

  private func isFieldEnd(_ byte: UInt8) -> Bool {
    byte == .comma || byte == .lineFeed || byte == .carriageReturn
  }

  /// Steps over one byte, or over both of a CRLF, and keeps the place.
  private mutating func advance() {
    let byte = bytes[index]
    index += 1
    if byte == .carriageReturn, index < bytes.count, bytes[index] == .lineFeed { index += 1 }
    if byte == .lineFeed || byte == .carriageReturn {
      line += 1
      column = 1
    } else if index == bytes.count || bytes[index] & 0xC0 != 0x80 {
      column += 1
    }
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}

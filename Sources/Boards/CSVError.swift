/// Why a text is not a comma-separated table.
package enum CSVError: Error, Sendable, Equatable {
  /// There is no header: the text is empty or holds only empty lines.
  case noHeader
  /// The bytes are not UTF-8.
  case notUTF8
  /// A quoted field that begins here never ends.
  case unclosedQuote(CSVTable.Position)
  /// A quote stands inside a field that does not begin with one.
  case strayQuote(CSVTable.Position)
  /// A quoted field is followed by something other than a comma or the end of the line.
  case textAfterQuote(CSVTable.Position)
  /// A record that begins here has another number of fields than the header.
  case fieldCount(expected: Int, found: Int, CSVTable.Position)
  /// The header names a column twice.
  case duplicateColumn(String, CSVTable.Position)
}

extension CSVError: CustomStringConvertible {
  /// The place of the violation, or `nil` when it is the whole text.
  package var position: CSVTable.Position? {
    switch self {
    case .noHeader, .notUTF8: nil
    case .unclosedQuote(let position), .strayQuote(let position), .textAfterQuote(let position): position
    case .fieldCount(_, _, let position), .duplicateColumn(_, let position): position
    }
  }

  /// What is wrong and what to do about it, without the place.
  package var message: String {
    switch self {
    case .noHeader:
      "the table is empty; its first line must name the columns"
    case .notUTF8:
      "the text is not UTF-8; save the file in that encoding"
    case .unclosedQuote:
      "the quote opened here is never closed; end the field with a quote"
    case .strayQuote:
      "a quote inside a field; enclose the whole field in quotes and double the quotes in it"
    case .textAfterQuote:
      "text behind a closing quote; put a comma there, or double the quotes inside the field"
    case .fieldCount(let expected, let found, _):
      "\(found) \(found == 1 ? "field" : "fields") where the header has \(expected); "
        + (found > expected
          ? "enclose fields that contain commas in quotes" : "add the missing commas, a field may be empty")
    case .duplicateColumn(let name, _):
      "the column '\(name)' occurs twice; remove or rename one"
    }
  }

  /// The place, where there is one, and what is wrong.
  package var description: String {
    guard let position else { return message }
    return "\(position.line):\(position.column): \(message)"
  }
}

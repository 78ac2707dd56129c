/// Why boards could not be read or found.
package enum BoardError: Error, Sendable, Equatable {
  /// A file is not a comma-separated table.
  case notATable(file: String, CSVError)
  /// A file lacks a column that every board needs.
  case missingColumn(file: String, name: String, found: [String])
  /// A value cannot be used; `reason` says why and what to write instead.
  case invalidValue(file: String, position: CSVTable.Position, column: String, reason: String)
  /// Two boards of one file have the same id.
  case duplicateID(file: String, position: CSVTable.Position, id: String, firstLine: Int)
  /// No board has this id; `suggestions` are the ids that look like it.
  case unknownBoard(id: String, suggestions: [String])
}

extension BoardError: CustomStringConvertible {
  /// The file and the place, what is wrong, and what to do about it.
  package var description: String {
    switch self {
    case .notATable(let file, let error):
      error.position == nil ? "\(file): \(error)" : "\(file):\(error)"
    case .missingColumn(let file, let name, let found):
      "\(file):1: there is no column '\(name)'; the header has \(Self.list(found))"
        + Self.separatorAdvice(found)
    case .invalidValue(let file, let position, let column, let reason):
      "\(file):\(position.line):\(position.column): column '\(column)': \(reason)"
    case .duplicateID(let file, let position, let id, let firstLine):
      "\(file):\(position.line):\(position.column): column 'id': the board '\(id)' is already on line \(firstLine); "
        + "give each board an id of its own"
    case .unknownBoard(let id, let suggestions):
      "there is no board '\(id)'; "
        + (suggestions.isEmpty ? "" : "did you mean \(Self.list(suggestions, last: "or"))? ")
        + "'nnopt boards' lists all, '--boards FILE' adds your own"
    }
  }

  private static func separatorAdvice(_ found: [String]) -> String {
    found.contains { $0.contains(";") || $0.contains("\t") }
      ? "; separate the fields with commas" : "; name it in the first line"
  }

  private static func list(_ names: [String], last conjunction: String = "and") -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return "\(quoted.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}

/// A list of boards in which every id occurs once, whatever its case.
package struct BoardTable: Sendable, Equatable {
  /// The boards, in the order of the file; those added by merging come last.
  package private(set) var boards: [Board]

  /// The boards that come with nnopt.
  ///
  /// - Throws: Never, as long as the tests pass; the table is compiled in.
  package static func builtin() throws(BoardError) -> BoardTable {
    try parse(csv: builtinText, name: "the built-in boards.csv")
  }

  /// Reads boards from comma-separated text (RFC 4180).
  ///
  /// The first line names the columns, in any order; unknown ones are ignored. `id` and `sram_bytes` are needed, the
  /// others are those of the built-in table: `name`, `mcu`, `core`, `isa`, `sram_largest_contiguous_bytes`,
  /// `other_regions`, `flash_bytes`, `clock_mhz`, `fpu`, `simd`, `psram_bytes`, `source`, `confidence`, `notes`.
  ///
  /// - Parameters:
  ///   - csv: The text.
  ///   - name: The file it came from, for errors.
  /// - Throws: `BoardError` with the file and the place of the first fault.
  package static func parse(csv: String, name: String) throws(BoardError) -> BoardTable {
    try parse(csv: Array(csv.utf8), name: name)
  }

  /// Reads boards from the bytes of a file; see `parse(csv:name:)` for text.
  package static func parse(csv: [UInt8], name: String) throws(BoardError) -> BoardTable {
    let table: CSVTable
    do {
      table = try CSVTable(parsing: csv)
    } catch {
      throw .notATable(file: name, error)
    }
    let reader = try BoardRowReader(table: table, file: name)
    return BoardTable(boards: try reader.readBoards())
  }

  /// These boards with others laid over them: a board of the same id takes its place, a new one joins at the end.
  package func merging(_ others: BoardTable) -> BoardTable {
    var merged = self
    for board in others.boards {
      if let index = merged.index(of: board.id) {
        merged.boards[index] = board
      } else {
        merged.boards.append(board)
      }
    }
    return merged
  }

  /// The place of the board with this id, whatever its case.
  func index(of id: String) -> Int? {
    let wanted = id.lowercased()
    return boards.firstIndex { $0.id.lowercased() == wanted }
  }
}

/// Turns the rows of a table into boards and checks every value.
struct BoardRowReader {
  private let table: CSVTable
  private let file: String
  private let idIndex: Int
  private let sramIndex: Int

  /// Finds the columns that every board needs.
  init(table: CSVTable, file: String) throws(BoardError) {
    self.table = table
    self.file = file
    guard let idIndex = table.columnIndex(named: "id") else {
      throw .missingColumn(file: file, name: "id", found: table.header)
    }
    guard let sramIndex = table.columnIndex(named: "sram_bytes") else {
      throw .missingColumn(file: file, name: "sram_bytes", found: table.header)
    }
    self.idIndex = idIndex
    self.sramIndex = sramIndex
  }

  /// The boards of all rows that are not blank.
  func readBoards() throws(BoardError) -> [Board] {
    var boards: [Board] = []
    var firstLines: [String: Int] = [:]
    for row in table.rows where row.contains(where: { !$0.text.trimmed().isEmpty }) {
      for (name, field) in zip(table.header, row) { try checkCharacters(field, name) }
      let board = try readBoard(row)
      let position = row[idIndex].position
      if let firstLine = firstLines.updateValue(position.line, forKey: board.id.lowercased()) {
        throw .duplicateID(file: file, position: position, id: board.id, firstLine: firstLine)
      }
      boards.append(board)
    }
    return boards
  }

  private func readBoard(_ row: [CSVTable.Field]) throws(BoardError) -> Board {
    let id = try readID(row[idIndex])
    let name = text("name", in: row)
    let sramBytes = try readSRAM(row[sramIndex])
    var board = Board(
      id: id, name: name.isEmpty ? id : name, sramBytes: sramBytes,
      largestContiguousBytes: try readLargestBlock(in: row, sramBytes: sramBytes))
    board.mcu = text("mcu", in: row)
    board.core = text("core", in: row)
    board.isa = text("isa", in: row)
    board.otherRegions = text("other_regions", in: row)
    board.flashBytes = try number("flash_bytes", in: row)
    board.fpu = text("fpu", in: row)
    board.simd = text("simd", in: row)
    board.processor = try readProcessor(of: board, in: row)
    board.psramBytes = try number("psram_bytes", in: row) ?? 0
    board.source = text("source", in: row)
    board.confidence = try readConfidence(in: row)
    board.notes = text("notes", in: row)
    return board
  }

  private func readID(_ field: CSVTable.Field) throws(BoardError) -> String {
    let id = field.text.trimmed()
    if id.isEmpty { throw invalid(field, "id", "the board has no id; write a short name such as 'my-board'") }
    if id.contains(where: \.isWhitespace) {
      throw invalid(field, "id", "'\(id)' contains white space; write '-' instead")
    }
    return id
  }

  /// A terminal or an editor obeys such characters instead of showing them; line breaks and tabs are taken in notes.
  private func checkCharacters(_ field: CSVTable.Field, _ column: String) throws(BoardError) {
    let invisible = field.text.unicodeScalars.first { scalar in
      switch scalar.properties.generalCategory {
      case .control: !["\t", "\n", "\r"].contains(scalar)
      case .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    guard let invisible else { return }
    let code = String(invisible.value, radix: 16, uppercase: true)
    let digits = String(repeating: "0", count: max(0, 4 - code.count)) + code
    throw invalid(field, column, "it contains the invisible character U+\(digits); remove it")
  }

  private func readSRAM(_ field: CSVTable.Field) throws(BoardError) -> Int {
    guard let bytes = try number(field, "sram_bytes"), bytes > 0 else {
      throw invalid(field, "sram_bytes", "a board needs SRAM; write its size in bytes")
    }
    return bytes
  }

  private func readLargestBlock(in row: [CSVTable.Field], sramBytes: Int) throws(BoardError) -> Int? {
    let name = "sram_largest_contiguous_bytes"
    guard let field = field(name, in: row), let bytes = try number(field, name) else { return nil }
    guard (1...sramBytes).contains(bytes) else {
      let reason = "\(bytes) is not within 1 and sram_bytes (\(sramBytes)); leave it empty if unknown"
      throw invalid(field, name, reason)
    }
    return bytes
  }

  private func readProcessor(of board: Board, in row: [CSVTable.Field]) throws(BoardError) -> Processor {
    let clockMHz = try number("clock_mhz", in: row)
    do throws(ProcessorError) {
      return try Processor(
        core: board.core, isa: board.isa, mcu: board.mcu, fpu: board.fpu, simd: board.simd, clockMHz: clockMHz
      )
    } catch {
      throw invalid(field(error.column, in: row) ?? row[idIndex], error.column, error.reason)
    }
  }

  private func readConfidence(in row: [CSVTable.Field]) throws(BoardError) -> Board.Confidence {
    guard let field = field("confidence", in: row) else { return .unstated }
    guard let confidence = Board.Confidence(rawValue: field.text.trimmed().lowercased()) else {
      let reason = "'\(field.text)' is unknown; write 'low', 'medium', 'high' or nothing"
      throw invalid(field, "confidence", reason)
    }
    return confidence
  }
}

extension BoardRowReader {
  private func field(_ column: String, in row: [CSVTable.Field]) -> CSVTable.Field? {
    table.columnIndex(named: column).map { row[$0] }
  }

  private func text(_ column: String, in row: [CSVTable.Field]) -> String {
    field(column, in: row)?.text.trimmed() ?? ""
  }

  private func number(_ column: String, in row: [CSVTable.Field]) throws(BoardError) -> Int? {
    guard let field = field(column, in: row) else { return nil }
    return try number(field, column)
  }

  /// The whole number in a field, `nil` when it is empty.
  private func number(_ field: CSVTable.Field, _ column: String) throws(BoardError) -> Int? {
    let text = field.text.trimmed()
    if text.isEmpty { return nil }
    let isDecimal = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isDecimal, let number = Int(text) { return number }
    let advice = Self.plainBytes(text).map { "write \($0)" } ?? "write digits only, or nothing if unknown"
    throw invalid(field, column, "'\(text)' is not a whole number; \(advice)")
  }

  /// What someone meant who wrote `320K`, `320 KB`, `2 MiB` or `327_680`.
  private static func plainBytes(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).filter { !$0.isWhitespace }.lowercased()
    let scale = ["k": 1024, "kb": 1024, "kib": 1024, "m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20][unit]
    if let scale, let number = Int(digits) {
      let (bytes, overflow) = number.multipliedReportingOverflow(by: scale)
      return overflow ? nil : bytes
    }
    let groups = text.split(omittingEmptySubsequences: false) { ",_' ".contains($0) }
    guard groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return Int(groups.joined())
  }

  private func invalid(_ field: CSVTable.Field, _ column: String, _ reason: String) -> BoardError {
    .invalidValue(file: file, position: field.position, column: column, reason: reason)
  }
}

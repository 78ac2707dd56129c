import Boards
import Testing

/// What is said about tables that cannot be used; the texts are those of `BoardError`.
struct BoardRowReaderTests {
  private func message(for csv: String) -> String? {
    let error = #expect(throws: BoardError.self) { try BoardTable.parse(csv: csv, name: "my.csv") }
    return error?.description
  }

  @Test(arguments: [
    (
      "id,name\n",
      "my.csv:1: there is no column 'sram_bytes'; the header has 'id' and 'name'; name it in the first line"
    ),
    (
      "sram_bytes\n",
      "my.csv:1: there is no column 'id'; the header has 'sram_bytes'; name it in the first line"
    ),
    (
      "id;sram_bytes\na;1\n",
      "my.csv:1: there is no column 'id'; the header has 'id;sram_bytes'; separate the fields with commas"
    ),
  ])
  func namesTheMissingColumn(csv: String, expected: String) {
    #expect(message(for: csv) == expected)
  }

  @Test(arguments: [
    (",7", "my.csv:2:1: column 'id': the board has no id; write a short name such as 'my-board'"),
    ("my board,7", "my.csv:2:1: column 'id': 'my board' contains white space; write '-' instead"),
    ("x\u{1B}[31m,7", "my.csv:2:1: column 'id': it contains the invisible character U+001B; remove it"),
    ("a\u{202E},7", "my.csv:2:1: column 'id': it contains the invisible character U+202E; remove it"),
    ("a,7\u{7}", "my.csv:2:3: column 'sram_bytes': it contains the invisible character U+0007; remove it"),
    ("a,", "my.csv:2:3: column 'sram_bytes': a board needs SRAM; write its size in bytes"),
    ("a,0", "my.csv:2:3: column 'sram_bytes': a board needs SRAM; write its size in bytes"),
    ("a,320K", "my.csv:2:3: column 'sram_bytes': '320K' is not a whole number; write 327680"),
    ("a,2 MiB", "my.csv:2:3: column 'sram_bytes': '2 MiB' is not a whole number; write 2097152"),
    ("a,\"327,680\"", "my.csv:2:3: column 'sram_bytes': '327,680' is not a whole number; write 327680"),
    (
      "a,-5",
      "my.csv:2:3: column 'sram_bytes': '-5' is not a whole number; "
        + "write digits only, or nothing if unknown"
    ),
    (
      "a,1.5",
      "my.csv:2:3: column 'sram_bytes': '1.5' is not a whole number; "
        + "write digits only, or nothing if unknown"
    ),
    (
      "a,99999999999999999999",
      "my.csv:2:3: column 'sram_bytes': '99999999999999999999' is not a whole number; "
        + "write digits only, or nothing if unknown"
    ),
    (
      "a,9223372036854775807K",
      "my.csv:2:3: column 'sram_bytes': '9223372036854775807K' is not a whole number; "
        + "write digits only, or nothing if unknown"
    ),
    (
      "a,1\nb,2\nA,3",
      "my.csv:4:1: column 'id': the board 'A' is already on line 2; give each board an id of its own"
    ),
  ])
  func pointsAtAWrongValue(rows: String, expected: String) {
    #expect(message(for: "id,sram_bytes\n" + rows + "\n") == expected)
  }

  @Test(arguments: [
    (
      "sram_largest_contiguous_bytes", "8",
      "8 is not within 1 and sram_bytes (7); leave it empty if unknown"
    ),
    (
      "sram_largest_contiguous_bytes", "0",
      "0 is not within 1 and sram_bytes (7); leave it empty if unknown"
    ),
    ("flash_bytes", "1M", "'1M' is not a whole number; write 1048576"),
    ("clock_mhz", "fast", "'fast' is not a whole number; write digits only, or nothing if unknown"),
    ("psram_bytes", "x", "'x' is not a whole number; write digits only, or nothing if unknown"),
    ("confidence", "sure", "'sure' is unknown; write 'low', 'medium', 'high' or nothing"),
  ])
  func checksTheOtherColumns(column: String, value: String, reason: String) {
    let text = message(for: "id,sram_bytes,\(column)\na,7,\(value)\n")
    #expect(text == "my.csv:2:5: column '\(column)': \(reason)")
  }

  @Test func aFaultOfTheTableNamesTheFile() {
    #expect(message(for: "id,sram_bytes\na,\"1\n")?.hasPrefix("my.csv:2:3: the quote opened here") == true)
    #expect(message(for: "") == "my.csv: the table is empty; its first line must name the columns")
    let utf16: [UInt8] = [0xFF, 0xFE, 0x69, 0]
    let error = #expect(throws: BoardError.self) { try BoardTable.parse(csv: utf16, name: "w.csv") }
    #expect(error?.description == "w.csv: the text is not UTF-8; save the file in that encoding")
  }
}

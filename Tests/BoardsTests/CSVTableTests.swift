import Boards
import Testing

struct CSVTableTests {
  private func values(_ text: String) throws(CSVError) -> [[String]] {
    try CSVTable(parsing: text).rows.map { $0.map(\.text) }
  }

  @Test func readsHeaderAndRows() throws {
    let table = try CSVTable(parsing: "a, B \n1,2\n3,\n")
    #expect(table.header == ["a", "B"])
    #expect(table.rows.map { $0.map(\.text) } == [["1", "2"], ["3", ""]])
  }

  @Test(arguments: [
    ("a,b\n1,2", [["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["1", "2"]]),
    ("a,b\r1,2\r", [["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
    ("\u{FEFF}\"a\",b\n1,2\n", [["1", "2"]]),
    ("a,b\n\n1,2\n\n\n", [["1", "2"]]),
    ("a,b\n", []),
    ("a,b\n1,", [["1", ""]]),
    ("a,b\n,\n", [["", ""]]),
    ("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", [["x, y", "say \"hi\""]]),
    ("a,b\n\"two\nlines\",\"and\r\ntwo\"\n", [["two\nlines", "and\r\ntwo"]]),
    ("a,b\n\"\",\"\"\"\"\n", [["", "\""]]),
    ("a\n\"\"\n\nx\n", [[""], ["x"]]),
    ("a\n x \n", [[" x "]]),
    ("a\n\u{E9}\u{1F600}\n", [["\u{E9}\u{1F600}"]]),
  ])
  func readsWhatTheStandardAllows(text: String, expected: [[String]]) throws {
    #expect(try values(text) == expected)
  }

  @Test func findsColumnsWhateverTheirCase() throws {
    let table = try CSVTable(parsing: "Id,,,SRAM_Bytes\n")
    #expect(table.columnIndex(named: "id") == 0)
    #expect(table.columnIndex(named: "sram_bytes") == 3)
    #expect(table.columnIndex(named: "name") == nil)
  }

  @Test func everyFieldKnowsItsPlace() throws {
    let table = try CSVTable(parsing: "a,b\r\n\"x\ny\",\u{E9}\r\n\u{E9}\u{E9},z\r\n")
    let places = table.rows.flatMap { $0.map { "\($0.position.line):\($0.position.column)" } }
    #expect(places == ["2:1", "3:4", "4:1", "4:4"])
  }

  @Test(arguments: [
    ("", "the table is empty; its first line must name the columns"),
    ("\n\n", "the table is empty; its first line must name the columns"),
    ("a,b\n1\n", "2:1: 1 field where the header has 2; add the missing commas, a field may be empty"),
    ("a\n1,2,3\n", "2:1: 3 fields where the header has 1; enclose fields that contain commas in quotes"),
    ("a,b,A\n", "1:5: the column 'A' occurs twice; remove or rename one"),
  ])
  func namesThePlaceOfAFault(text: String, message: String) {
    let error = #expect(throws: CSVError.self) { try CSVTable(parsing: text) }
    #expect(error?.description == message)
  }

  @Test func refusesBytesThatAreNotUTF8() {
    let latin1: [UInt8] = [0x61, 0x0A, 0xE9, 0x0A]
    let error = #expect(throws: CSVError.notUTF8) { try CSVTable(parsing: latin1) }
    #expect(error?.position == nil)
    #expect(error?.description == "the text is not UTF-8; save the file in that encoding")
  }

  @Test func quotesOnlyWhatNeedsIt() {
    let text = CSVTable.text(header: ["a", "b"], rows: [["x y", "1,2"], ["\"", "l\nm"], ["", "c\r"]])
    #expect(text == "a,b\nx y,\"1,2\"\n\"\"\"\",\"l\nm\"\n,\"c\r\"\n")
    #expect(CSVTable.text(header: ["a"], rows: [[""]], lineEnding: "\r\n") == "a\r\n\"\"\r\n")
  }

  @Test func readsBackWhatItWrote() throws {
    let pieces = ["", "x", ",", "\"", "\n", "\r\n", "\u{E9}", " ", "\u{FEFF}"]
    for first in pieces {
      for second in pieces {
        let rows = [[first + second], [second + first]]
        #expect(try values(CSVTable.text(header: ["h"], rows: rows)) == rows)
        let wide = [[first, second + first], [second, first]]
        #expect(try values(CSVTable.text(header: ["h", "i"], rows: wide, lineEnding: "\r\n")) == wide)
      }
    }
  }

  @Test func aRaggedRowCannotBeWritten() async {
    await #expect(processExitsWith: .failure) {
      _ = CSVTable.text(header: ["a", "b"], rows: [["1"]])
    }
  }
}

import Testing

@testable import Reporting

@Suite struct TextTableTests {
  private let style = TerminalStyle(isColored: false, width: 40)

  @Test func alignsColumnsAndEndsLinesAtTheirText() {
    var table = TextTable([.left, .right, .left])
    table.add(["a", "1,024 B", "x"])
    table.add(["long", "9 B"])
    table.add(["b", "", "y"])
    #expect(
      table.lines(style) == [
        "  a     1,024 B  x",
        "  long      9 B",
        "  b              y",
      ])
  }

  @Test func leavesOutEmptyColumns() {
    var table = TextTable([.left, .left, .left], indent: 0)
    table.add(["a", "", "b"])
    #expect(table.lines(style) == ["a  b"])
    #expect(TextTable([.left]).lines(style) == [])
  }

  @Test func cutsFlexibleColumnsToTheWidth() {
    var table = TextTable([.right, .flexible, .left])
    table.add(["1 B", TextTable.Cell(String(repeating: "n", count: 500)), "int8"])
    let lines = table.lines(style)
    #expect(lines == ["  1 B  \("nnnnnn")…\(String(repeating: "n", count: 20))  int8"])
    #expect(lines[0].count == 40)
  }

  @Test func keepsFlexibleColumnsReadableWhereNothingFits() {
    var table = TextTable([.left, .flexible], indent: 0)
    table.add([TextTable.Cell(String(repeating: "x", count: 60)), "abcdefghijklmnopqrst"])
    #expect(table.lines(style) == [String(repeating: "x", count: 60) + "  …lmnopqrst"])
  }

  @Test func hangingColumnsStandBelowWhereTheyDoNotFit() {
    var table = TextTable([.right, .hanging], indent: 0)
    table.add(["bytes", "options"])
    table.add(["1 B", "--one --two --three --four --five --six"])
    #expect(
      table.lines(style) == [
        "bytes  options", "  1 B", "    --one --two --three --four --five", "    --six",
      ])
    table.add(["2 B", "--short"])
    #expect(table.lines(style).last == "  2 B  --short")
    var crowded = TextTable([.left, .hanging], indent: 0)
    crowded.add(["a name of 25 characters..", "options"])
    crowded.add(["b", "--one --two --three"])
    #expect(
      crowded.lines(style) == [
        "a name of 25 characters..", "    options", "b", "    --one --two --three",
      ])
    var narrow = TextTable([.right, .hanging], indent: 0)
    narrow.add(["1 B", "--one"])
    #expect(narrow.lines(style) == ["1 B  --one"])
  }

  /// Columns that can be done without go before a remark stands below its row.
  @Test func dispensableColumnsMakeRoomForWhatHangs() {
    var table = TextTable([.left, .right, .hanging], indent: 0, dispensable: [1])
    table.add(["a step of 15 ch", "123,456,789", "nothing to do here"])
    table.add(["b", "1", "a remark longer than the room"])
    #expect(
      table.lines(style) == [
        "a step of 15 ch  nothing to do here", "b", "    a remark longer than the room",
      ])
  }

  @Test func coloursDoNotCountAsWidth() {
    var table = TextTable([.left, .left], indent: 0)
    table.add([TextTable.Cell("ab", .good), "c"])
    table.add(["abc", "d"])
    #expect(table.lines(TerminalStyle(isColored: true)) == ["\u{1B}[32mab\u{1B}[0m   c", "abc  d"])
  }
}

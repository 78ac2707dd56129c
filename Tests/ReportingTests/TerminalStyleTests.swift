import Testing

@testable import Reporting

@Suite struct TerminalStyleTests {
  @Test func paintsOnlyWhereColoursAreWanted() {
    let plain = TerminalStyle(isColored: false)
    let colored = TerminalStyle(isColored: true)
    #expect(plain.paint("fits", .good) == "fits")
    #expect(colored.paint("fits", .good) == "\u{1B}[32mfits\u{1B}[0m")
    #expect(colored.paint("fits", .plain) == "fits")
    #expect(colored.paint("", .good) == "")
  }

  @Test func paintsRunsOfOneToneAtOnceAndDropsBlanksAtTheEnd() {
    let cells: [(character: Character, tone: TerminalStyle.Tone)] = [
      ("a", .good), ("b", .good), ("c", .plain), (" ", .good),
    ]
    #expect(TerminalStyle(isColored: true).paint(cells) == "\u{1B}[32mab\u{1B}[0mc")
    #expect(TerminalStyle(isColored: false).paint(cells) == "abc")
  }

  @Test(arguments: [(Int.min, 40), (60, 60), (100_000, 200)])
  func keepsTheWidthInBounds(width: Int, expected: Int) {
    #expect(TerminalStyle(isColored: false, width: width).width == expected)
  }

  @Test func wrapsParagraphsBehindTheirMargin() {
    let style = TerminalStyle(isColored: false, width: 40)
    let lines = style.paragraph("no execution order has a lower peak than this one", indent: 4)
    #expect(lines == ["    no execution order has a lower peak", "    than this one"])
  }

  @Test func joinsLinesAndFallsBackToASCII() {
    #expect(TerminalStyle(isColored: false).text(["a – b", "c"]) == "a – b\nc")
    #expect(TerminalStyle(isColored: false, isASCII: true).text(["a – b", "1×2"]) == "a - b\n1x2")
  }
}

import Testing

@testable import Reporting

@Suite struct DisplayTextTests {
  @Test func leavesReadableTextAlone() {
    for text in ["", "conv2d_1/Relu", "größe 測試 é", "<&\"'>"] {
      #expect(DisplayText.sanitized(text) == text)
    }
  }

  @Test func replacesWhatSteersATerminalOrALine() {
    #expect(DisplayText.sanitized("a\u{1B}[31mb") == "a\u{FFFD}[31mb")
    let steering: [Unicode.Scalar] = [
      "\0", "\n", "\r", "\t", "\u{7F}", "\u{9B}", "\u{AD}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{2067}",
      "\u{FEFF}", "\u{E000}", "\u{FFFE}", "\u{E0041}",
    ]
    for scalar in steering {
      #expect(
        DisplayText.sanitized(String(Character(scalar))) == "\u{FFFD}", "U+\(String(scalar.value, radix: 16))"
      )
    }
    #expect(!SampleReports.hasControls(DisplayText.sanitized(SampleReports.hostileName)))
  }

  @Test func pagesKeepTheirLinesAndColorsOnly() {
    let colored = TerminalStyle(isColored: true)
    let plain = TerminalStyle(isColored: false)
    let page = colored.paint("a", .strongBad) + "\n" + colored.paint("ß█", .faint)
    #expect(DisplayText.page(page, colored) == page)
    #expect(DisplayText.page(page, plain) == "\u{FFFD}[1;31ma\u{FFFD}[0m\n\u{FFFD}[2mß█\u{FFFD}[0m")
    for text in ["\u{1B}[2J", "\u{1B}]0;x\u{7}", "\u{9B}31m", "\r", "\t", "\u{202E}", "\u{1B}"] {
      let shown = DisplayText.page(text, colored).unicodeScalars
      #expect(shown.first == "\u{FFFD}" && !shown.contains("\u{1B}") && !shown.contains("\u{7}"))
    }
  }

  @Test func boundsCombiningMarks() {
    let stack = "e" + String(repeating: "\u{301}", count: 50)
    let scalars = DisplayText.sanitized(stack).unicodeScalars
    #expect(scalars.count == 51)
    #expect(scalars.filter { $0 == "\u{301}" }.count == 2)
  }

  @Test(arguments: [(8, "abcdefgh"), (5, "…efgh"), (1, "…"), (0, ""), (-1, "")])
  func cutsTheStartOfShortTexts(limit: Int, expected: String) {
    #expect(DisplayText.shortened("abcdefgh", to: limit) == expected)
  }

  @Test func keepsAQuarterFromTheStartWhereThereIsRoom() {
    let text = "functional_1/separable_conv2d_17/depthwise"
    #expect(DisplayText.shortened(text, to: 29) == "functio…e_conv2d_17/depthwise")
    for limit in 0...50 { #expect(DisplayText.shortened(text, to: limit).count == min(limit, text.count)) }
  }

  @Test func wrapsAtBlanks() {
    #expect(DisplayText.wrapped("", width: 10) == [])
    #expect(DisplayText.wrapped("one two three", width: 8) == ["one two", "three"])
    #expect(DisplayText.wrapped("a incomprehensible b", width: 5) == ["a", "incomprehensible", "b"])
  }

  @Test func asciiKeepsTheColumns() {
    let drawing = "▼ 176.0 KiB │▁▂▃▄▅▆▇█╌┼ 1×2 · −3 – … ░▒▓ é測"
    let ascii = DisplayText.ascii(drawing)
    #expect(ascii.utf8.allSatisfy { $0 < 128 })
    #expect(ascii.count == drawing.count)
    #expect(ascii.hasPrefix("v 176.0 KiB |__..::##-+ 1x2 * -3 - ~ .:% ??"))
  }
}

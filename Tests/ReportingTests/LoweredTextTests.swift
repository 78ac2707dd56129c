import Operators
import Testing

@testable import Reporting

@Suite struct LoweredTextTests {
  private let value = LoweredOperator(
    form: "Sample",
    fields: [
      LoweredField("count", .integer(3)), LoweredField("bias", .absent),
      LoweredField(
        "range", .group([LoweredField("lowerBound", .integer(-1)), LoweredField("upperBound", .integer(6))])),
      LoweredField("function", .group([])), LoweredField("table", .integers(Array(0..<256))),
      LoweredField("shape", .group([LoweredField("input", .integers([2, 3]))])),
      LoweredField(
        "parts",
        .list(Array(repeating: .group([LoweredField("scale", .real(LoweredReal(Float.infinity)))]), count: 9))
      ),
    ])

  @Test func shortensListsAndFits() {
    let lines = LoweredText(style: TerminalStyle(isColored: false)).lines(12, name: "X", value)
    #expect(
      lines == [
        "  12  X  Sample",
        "      count 3, bias none, range -1...6",
        "      table [0, 1, 2, 3, 4, 5, … 256 in all]",
        "      shape: input [2, 3]",
        "      parts[0]: scale inf", "      parts[1]: scale inf", "      parts[2]: scale inf",
        "      parts[3]: scale inf", "      parts[4]: scale inf", "      parts[5]: scale inf",
        "      … 9 parts in all",
      ])
  }

  @Test func jsonHasListsWholeAndNoInfinity() throws {
    let text = try JSONText.encoded(value, as: "x").filter { !$0.isWhitespace }
    #expect(text.contains("\"bias\":null"))
    #expect(text.contains("254,255]"))
    #expect(text.contains("{\"scale\":\"inf\"}"))
  }
}

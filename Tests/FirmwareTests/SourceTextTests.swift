import Testing

@testable import Firmware

@Suite struct SourceTextTests {
  @Test func commentsCannotEndOrContinueTheLine() {
    #expect(SourceText.comment("a\nb\u{1B}[31m\\") == "a?b?[31m?")
    #expect(SourceText.comment("größe") == "gr??e")
    #expect(SourceText.comment(String(repeating: "x", count: 200), limit: 3) == "xxx...")
  }

  @Test func literalsKeepTheBytes() {
    #expect(SourceText.literal("Custom_Op") == "\"Custom_Op\"")
    #expect(SourceText.literal("a\"\\\n?é7") == "\"a\\042\\134\\012\\077\\303\\2517\"")
  }

  @Test(arguments: [(0.1 as Float, "0.1f"), (1, "1.0f"), (1e-9, "1e-09f"), (-2.5, "-2.5f")])
  func floatsAreExact(value: Float, text: String) {
    #expect(SourceText.float(value) == text)
  }

  @Test func whatIsNoNumberHasNoLiteral() {
    #expect(SourceText.float(.nan) == nil)
    #expect(SourceText.float(.infinity) == nil)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_376_256, "1,376,256")])
  func digitsAreGrouped(number: Int, text: String) {
    #expect(SourceText.grouped(number) == text)
  }

  @Test func sentencesAreBroken() {
    let lines = SourceText.commentLines(String(repeating: "word ", count: 40), indent: "  ")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("  // word") && $0.count <= 96 })
  }
}

import Testing

@testable import Reporting

@Suite struct EighthBlocksTests {
  @Test(arguments: [
    (0, 100, 10, 0), (100, 100, 10, 80), (1, 1_000_000, 10, 1), (50, 100, 10, 40), (5, 0, 10, 0),
    (200, 100, 10, 80), (-5, 100, 10, 0), (5, 10, 0, 0), (Int.max, Int.max, 10, 80),
  ])
  func levels(value: Int, whole: Int, cells: Int, expected: Int) {
    #expect(EighthBlocks.level(value, of: whole, cells: cells) == expected)
  }

  @Test func barsEndInEighths() {
    #expect(EighthBlocks.bar(0) == "")
    #expect(EighthBlocks.bar(16) == "██")
    #expect(EighthBlocks.bar(19) == "██▍")
  }
}

import Testing

@testable import Workflows

@Suite struct SaturatingSumTests {
  @Test func addsAndStopsAtTheEnds() {
    #expect([Int]().saturatingSum == 0)
    #expect([1, 2, 3].saturatingSum == 6)
    #expect([Int.max, 1, 5].saturatingSum == .max)
    #expect([Int.min, -1].saturatingSum == .min)
  }
}

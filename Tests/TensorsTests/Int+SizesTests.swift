import Testing

@testable import Tensors

@Suite struct IntSizesTests {
  @Test func addsAndStopsAtTheEnds() {
    #expect([Int]().saturatingSum == 0)
    #expect([1, 2, 3].saturatingSum == 6)
    #expect([Int.max, 1, 5].saturatingSum == .max)
    #expect([Int.min, -1].saturatingSum == .min)
  }

  @Test func multipliesAndStopsAtTheEnd() {
    #expect(6.saturatingMultiply(7) == 42)
    #expect(Int.max.saturatingMultiply(2) == .max && Int.max.saturatingMultiply(0) == 0)
  }

  @Test func roundsUp() {
    #expect([0, 1, 15, 16, 17].map { $0.roundedUp(to: 16) } == [0, 16, 16, 16, 32])
    #expect(7.roundedUp(to: 1) == 7 && 7.roundedUp(to: 0) == 7 && 10.roundedUp(to: 12) == 12)
    #expect((Int.max / 16 * 16).roundedUp(to: 16) == Int.max / 16 * 16)
  }
}

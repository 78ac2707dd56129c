import Testing

@testable import Tensors

@Suite struct IntSizesTests {
  @Test func roundsUp() {
    #expect([0, 1, 15, 16, 17].map { $0.roundedUp(to: 16) } == [0, 16, 16, 16, 32])
    #expect(7.roundedUp(to: 1) == 7 && 7.roundedUp(to: 0) == 7 && 10.roundedUp(to: 12) == 12)
    #expect((Int.max / 16 * 16).roundedUp(to: 16) == Int.max / 16 * 16)
  }
}

import Operators
import Testing

@Suite struct BroadcastToTests {
  @Test func refusesShapesThatDoNotBroadcast() {
    let fixture = KernelFixture(BroadcastTo.self, [.tensor([2]), .integers([2, 3])], [.tensor([2, 3])])
    #expect(fixture.refusal == .invalidShape("2 does not broadcast to 2×3"))
  }
}

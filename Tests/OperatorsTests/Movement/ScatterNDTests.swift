import Operators
import Testing

@Suite struct ScatterNDTests {
  @Test func refusesUpdatesOfAnotherShape() {
    let fixture = KernelFixture(
      ScatterND.self, [.tensor([2, 1], .int32), .tensor([3]), .integers([5])], [.tensor([5])])
    #expect(fixture.refusal == .invalidShape("input 1 is declared 3, but the operator gives 2"))
  }
}

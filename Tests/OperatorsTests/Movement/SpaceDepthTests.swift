import Operators
import Testing

@Suite struct SpaceDepthTests {
  @Test func refusesShapesThatDoNotFit() {
    let fixture = KernelFixture(
      SpaceToDepth.self, [.tensor([1, 3, 3, 1])], [.tensor([1, 1, 1, 4])], [("block_size", 2)])
    #expect(
      fixture.refusal
        == .invalidShape("input 0 is 1×3×3×1 and output 0 1×1×1×4; they do not fit block_size 2"))
  }
}

import Operators
import Testing

@Suite struct SpaceBatchTests {
  @Test func refusesShapesThatDoNotFit() {
    let fixture = KernelFixture(
      SpaceToBatchND.self, [.tensor([1, 5, 1]), .integers([2]), .integers([0, 0], [1, 2])],
      [.tensor([2, 3, 1])])
    #expect(fixture.refusal == .invalidShape("1×5×1 and 2×3×1 do not fit block [2] and edges [0, 0]"))
    let zero = KernelFixture(
      BatchToSpaceND.self, [.tensor([2, 3, 1]), .integers([0]), .integers([0, 0], [1, 2])],
      [.tensor([1, 6, 1])])
    #expect(
      zero.refusal
        == .invalidShape("block [0] and edges [0, 0] must be positive, two edges for each block size"))
  }
}

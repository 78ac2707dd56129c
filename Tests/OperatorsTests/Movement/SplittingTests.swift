import Operators
import Testing

@Suite struct SplittingTests {
  @Test func refusesUnequalParts() {
    let fixture = KernelFixture(Split.self, [.integers([0]), .tensor([3])], [.tensor([2]), .tensor([1])])
    #expect(fixture.refusal == .invalidShape("3 indices do not split into 2 equal parts"))
  }

  @Test(arguments: [[1, 1], [-1, -1], [4, -1], [2], [-2, 5]] as [[Int32]])
  func refusesSizesThatAreNotTheWhole(sizes: [Int32]) {
    let fixture = KernelFixture(
      SplitV.self, [.tensor([3]), .integers(sizes), .integers([0])], [.tensor([2]), .tensor([1])])
    #expect(
      fixture.refusal == .invalidShape("the sizes \(sizes) do not split 3 indices into 2 outputs"))
  }
}

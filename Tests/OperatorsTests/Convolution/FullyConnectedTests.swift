import Testing

@testable import Operators

@Suite struct FullyConnectedTests {
  @Test func refusesWhatDoesNotFit() {
    let rows = KernelFixture(FullyConnected.self, [.tensor([2, 7]), .tensor([5, 7])], [.tensor([3, 5])])
    #expect(rows.refusal?.description == "input 0 is 2×7, which is not 3 rows of 7")
    let shuffled = KernelFixture(
      FullyConnected.self, [.tensor([2, 7]), .tensor([5, 7])], [.tensor([2, 5])], [("weights_format", 1)])
    #expect(shuffled.refusal == .unsupported("weights_format is not DEFAULT"))
  }
}

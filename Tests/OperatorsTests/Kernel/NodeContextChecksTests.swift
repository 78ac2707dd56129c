import Operators
import Testing

@Suite struct NodeContextChecksTests {
  @Test func refusesAnotherNumberOfOperands() {
    let inputs = KernelFixture(Pad.self, [.tensor([2])], [.tensor([2])])
    #expect(inputs.refusal == .unsupported("it has 1 inputs; the operator takes 2"))
    let range = KernelFixture(Reshape.self, [], [.tensor([2])])
    #expect(range.refusal == .unsupported("it has 0 inputs; the operator takes 1 to 2"))
    let outputs = KernelFixture(Reshape.self, [.tensor([2])], [])
    #expect(outputs.refusal == .unsupported("it has 0 outputs; the operator gives 1"))
  }
}

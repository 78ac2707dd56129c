import Operators
import Testing

@Suite struct ConcatenationTests {
  @Test func refusesPartsThatDoNotFit() {
    let odd = KernelFixture(
      Concatenation.self, [.tensor([2, 3]), .tensor([1, 3])], [.tensor([2, 6])], [("axis", 1)])
    #expect(odd.refusal == .invalidShape("input 1 is 1×3, which does not fit into the output 2×6"))
    let short = KernelFixture(Concatenation.self, [.tensor([2])], [.tensor([3])], [("axis", 0)])
    #expect(short.refusal?.description == "the inputs have 2 indices on axis 0, the output is 3")
  }

  @Test func refusesAnActivation() {
    let fixture = KernelFixture(
      Concatenation.self, [.tensor([2])], [.tensor([2])], [("fused_activation_function", 1)])
    #expect(fixture.refusal == .unsupported("it has a fused activation; no runtime applies one"))
  }
}

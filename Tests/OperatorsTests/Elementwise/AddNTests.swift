import Operators
import Testing

@Suite struct AddNTests {
  @Test func refusesOneInput() {
    let fixture = KernelFixture(AddN.self, [.tensor([2])], [.tensor([2])])
    #expect(fixture.refusal == .unsupported("it has 1 inputs; the operator takes 2"))
  }

  @Test func refusesAnotherShape() {
    let fixture = KernelFixture(AddN.self, [.tensor([2]), .tensor([1])], [.tensor([2])])
    #expect(fixture.refusal == .invalidShape("input 1 is declared 1, but the operator gives 2"))
  }

  @Test func refusesAnotherQuantization() {
    let tensor = KernelFixture.Operand.tensor([2], .int8)
    let fixture = KernelFixture(
      AddN.self, [tensor.quantized(0.1), tensor.quantized(0.2)], [tensor.quantized(0.1)])
    #expect(fixture.refusal == .unsupported("input 1 has another quantization than input 0"))
  }
}

import Operators
import Testing

@Suite struct AddTests {
  @Test func refusesTypes() {
    let mixed = KernelFixture(Add.self, [.tensor([2]), .tensor([2], .int8)], [.tensor([2])])
    #expect(mixed.refusal == .unsupportedType("input 1 is int8, but output 0 is float32"))
    let half = KernelFixture(
      Add.self, [.tensor([2], .float16), .tensor([2], .float16)], [.tensor([2], .float16)])
    #expect(
      half.refusal
        == .unsupportedType("input 0 is float16; ADD takes float32, int8, int16, uint8, int32, int64"))
  }

  @Test func refusesMissingQuantization() {
    let fixture = KernelFixture(
      Add.self, [.tensor([2], .int8).quantized(0.1), .tensor([2], .int8)],
      [.tensor([2], .int8).quantized(0.1)])
    #expect(fixture.refusal == .unsupported("input 1 is int8 and has no quantization parameters"))
  }

  @Test func refusesAnOutputScaleThatIsTooSmall() {
    let input = KernelFixture.Operand.tensor([2], .int8).quantized(1)
    let fixture = KernelFixture(Add.self, [input, input], [.tensor([2], .int8).quantized(1e-7)])
    #expect(
      fixture.refusal
        == .unsupported("the output's scale 1e-07 is too small for inputs of 1.0 and 1.0"))
  }

  @Test func unknownActivationsAreNone() {
    let fixture = KernelFixture(
      Add.self, [.tensor([2]), .tensor([2])], [.tensor([2])], [("fused_activation_function", 9)])
    #expect(fixture.refusal == nil)
  }
}

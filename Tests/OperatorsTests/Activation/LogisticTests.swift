import Operators
import Testing

@Suite struct LogisticTests {
  @Test func refusesOtherOutputs() {
    let bytes = KernelFixture.Operand.tensor([2], .int8).quantized(0.1)
    #expect(
      KernelFixture(Logistic.self, [bytes], [bytes]).refusal
        == .unsupported("output 0 has zero point 0; LOGISTIC gives -128"))
    let words = KernelFixture.Operand.tensor([2], .int16).quantized(0.1)
    #expect(
      KernelFixture(Logistic.self, [words], [words]).refusal
        == .unsupported("output 0 has scale 0.1; LOGISTIC gives 3.0517578e-05"))
  }
}

import Operators
import Testing

@Suite struct L2NormalizationTests {
  @Test func refusesOtherOutputs() {
    let input = KernelFixture.Operand.tensor([2], .int8).quantized(0.1)
    let scale = KernelFixture(L2Normalization.self, [input], [input])
    #expect(scale.refusal == .unsupported("output 0 has scale 0.1; L2_NORMALIZATION gives 0.0078125"))
    let zeroPoint = KernelFixture(
      L2Normalization.self, [input], [.tensor([2], .int8).quantized(1.0 / 128, 4)])
    #expect(zeroPoint.refusal == .unsupported("output 0 has zero point 4; L2_NORMALIZATION gives 0"))
  }
}

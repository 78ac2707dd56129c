import Operators
import Testing

@Suite struct MulTests {
  @Test func refusesZeroPointsOfInt16() {
    let tensor = KernelFixture.Operand.tensor([2], .int16)
    let fixture = KernelFixture(
      Mul.self, [tensor.quantized(0.1), tensor.quantized(0.1, 3)], [tensor.quantized(0.1)])
    #expect(fixture.refusal == .unsupported("input 1 has zero point 3; MUL takes 0 for int16"))
  }
}

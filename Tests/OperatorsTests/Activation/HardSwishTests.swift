import Operators
import Testing

@Suite struct HardSwishTests {
  @Test func refusesAnOutputScaleThatIsTooSmall() {
    let tensor = KernelFixture.Operand.tensor([2], .int8)
    let fixture = KernelFixture(HardSwish.self, [tensor.quantized(1)], [tensor.quantized(1e-3)])
    #expect(
      fixture.refusal == .unsupported("the output's scale 0.001 is too small for an input of 1.0"))
  }
}

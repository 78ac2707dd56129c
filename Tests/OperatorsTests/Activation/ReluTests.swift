import Operators
import Testing

@Suite struct ReluTests {
  @Test func refusesTypesAndZeroPoints() {
    let integers = KernelFixture(Relu.self, [.tensor([2], .int32)], [.tensor([2], .int32)])
    #expect(
      integers.refusal == .unsupportedType("input 0 is int32; RELU takes float32, int8, int16, uint8"))
    let tensor = KernelFixture.Operand.tensor([2], .int16)
    let shifted = KernelFixture(Relu.self, [tensor.quantized(0.1)], [tensor.quantized(0.1, -7)])
    #expect(shifted.refusal == .unsupported("output 0 has zero point -7; RELU takes 0 for int16"))
  }

  @Test func notANumberStays() throws {
    let fixture = KernelFixture(Relu.self, [.tensor([1])], [.tensor([1])])
    #expect(try fixture.run([0, 0, 192, 127]) == [[0, 0, 192, 127]])
  }
}

import Testing

@testable import Operators

@Suite struct TransposeConvTests {
  private static let options: [(name: String, value: Int64)] = [("stride_h", 2), ("stride_w", 2)]

  @Test func refusesAnotherOutputThanItIsAskedFor() {
    let fixture = KernelFixture(
      TransposeConv.self, [.integers([1, 4, 4, 3]), .tensor([3, 2, 2, 5]), .tensor([1, 2, 2, 5])],
      [.tensor([1, 4, 5, 3])], Self.options)
    #expect(fixture.refusal?.description == "output is 1×4×5×3, but input 0 asks for [1, 4, 4, 3]")
  }

  @Test func refusesA32BitBiasWhichTFLMReadsAs64Bits() {
    let operands: [KernelFixture.Operand] = [
      .integers([1, 4, 4, 3]), .tensor([3, 2, 2, 5], .int8).quantized(1),
      .tensor([1, 2, 2, 5], .int16).quantized(1), .tensor([3], .int32),
    ]
    let output = KernelFixture.Operand.tensor([1, 4, 4, 3], .int16).quantized(1)
    let silent = KernelFixture(TransposeConv.self, operands, [output], Self.options)
    #expect(silent.refusal == .unsupportedType("input 3 (bias) is int32, not int64"))
    let announced = KernelFixture(
      TransposeConv.self, operands, [output], Self.options + [("quantized_bias_type", 2)])
    #expect(announced.refusal == .unsupportedType("input 3 (bias) is int32, not int64"))
  }
}

import Testing

@testable import Operators

@Suite struct Conv2DTests {
  private static let options: [(name: String, value: Int64)] = [
    ("padding", 1), ("stride_h", 1), ("stride_w", 1),
  ]

  private static func refusal(
    _ input: KernelFixture.Operand, _ filter: KernelFixture.Operand, _ output: KernelFixture.Operand,
    bias: KernelFixture.Operand? = nil, _ options: [(name: String, value: Int64)] = options
  ) -> KernelError? {
    KernelFixture(Conv2D.self, [input, filter] + (bias.map { [$0] } ?? []), [output], options).refusal
  }

  @Test func refusesShapesThatDoNotFit() {
    #expect(
      Self.refusal(.tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 4, 3, 3]))?.description
        == "output size is 4; input size 4, 2 taps, stride 1, dilation 1 and padding VALID give 3")
    #expect(
      Self.refusal(.tensor([1, 4, 4, 3]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]))
        == .invalidShape("input 0 is 1×4×4×3 and input 1 (filter) is 3×2×2×2: the groups do not divide"))
    #expect(
      Self.refusal(.tensor([2, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]))?.description
        == "output is 1×3×3×3, but the batch has 2 images")
    #expect(
      Self.refusal(
        .tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]), bias: .tensor([4]))
        == .invalidShape("input 2 (bias) has not 3 elements, one per output channel"))
    #expect(
      Self.refusal(.tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]), [])
        == .invalidShape("stride 0, dilation 1 and filter size 2 must be positive"))
  }

  @Test func refusesTypesThatNoRuntimeTakes() {
    #expect(
      Self.refusal(.tensor([1, 4, 4, 2], .float16), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3], .float16))
        == .unsupportedType(
          "input 0 is float16 and input 1 is float32; CONV_2D takes float32 with float32, int8 or int4 "
            + "weights, int8 and int16 with int8 or int4 weights, and uint8 with uint8 weights"))
    #expect(
      Self.refusal(.tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3], .int8))
        == .unsupportedType("output is int8, input 0 is float32"))
    #expect(
      Self.refusal(
        .tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]), bias: .tensor([3], .int32))
        == .unsupportedType("input 2 (bias) is int32, not float32"))
  }

  @Test func refusesMissingScales() {
    let input = KernelFixture.Operand.tensor([1, 4, 4, 2], .int8)
    let output = KernelFixture.Operand.tensor([1, 3, 3, 3], .int8).quantized(1)
    var filter = KernelFixture.Operand.tensor([3, 2, 2, 2], .int8)
    filter.quantization = .init(scales: [1, 2], zeroPoints: [0, 0])
    #expect(
      Self.refusal(input, filter, output)
        == .unsupported("input 0 is int8 and has no quantization parameters"))
    #expect(
      Self.refusal(input.quantized(1), filter, output)
        == .unsupported("input 1 (filter) has 2 scales for 3 output channels"))
  }

  @Test func sizesThatOverflowAreRefused() {
    let large = Int64(Int32.max)
    #expect(
      Self.refusal(
        .tensor([1, 4, 4, 2]), .tensor([3, 2, 2, 2]), .tensor([1, 3, 3, 3]),
        [
          ("padding", 1), ("stride_h", large), ("stride_w", large), ("dilation_h_factor", large),
          ("dilation_w_factor", large),
        ]) != nil)
  }
}

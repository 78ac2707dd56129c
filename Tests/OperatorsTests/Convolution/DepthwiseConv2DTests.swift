import Tensors
import Testing

@testable import Operators

@Suite struct DepthwiseConv2DTests {
  @Test func refusesWhatDoesNotFit() {
    let options: [(name: String, value: Int64)] = [("padding", 1), ("stride_h", 1), ("stride_w", 1)]
    let channels = KernelFixture(
      DepthwiseConv2D.self, [.tensor([1, 4, 4, 2]), .tensor([1, 2, 2, 3])], [.tensor([1, 3, 3, 3])], options)
    #expect(
      channels.refusal
        == .invalidShape("input 1 (filter) is 1×2×2×3: its channels are no multiple of the input's 2"))
    let packed = KernelFixture(
      DepthwiseConv2D.self, [.tensor([1, 4, 4, 2], .int16), .tensor([1, 2, 2, 2], .int4)],
      [.tensor([1, 3, 3, 2], .int16)], options)
    #expect(
      packed.refusal
        == .unsupportedType("input 1 is int4 and input 0 is int16; int4 weights need an int8 input"))
  }

  @Test func refusesA32BitBiasOf16BitsWhichTFLMReadsAs64Bits() {
    let options: [(name: String, value: Int64)] = [("padding", 1), ("stride_h", 1), ("stride_w", 1)]
    func refusal(_ bias: ElementType) -> KernelError? {
      KernelFixture(
        DepthwiseConv2D.self,
        [
          .tensor([1, 4, 4, 2], .int16).quantized(1), .tensor([1, 2, 2, 2], .int8).quantized(1),
          .tensor([2], bias),
        ], [.tensor([1, 3, 3, 2], .int16).quantized(1)], options
      ).refusal
    }
    #expect(refusal(.int64) == nil)
    #expect(refusal(.int32) == .unsupportedType("input 2 (bias) is int32, not int64"))
  }
}

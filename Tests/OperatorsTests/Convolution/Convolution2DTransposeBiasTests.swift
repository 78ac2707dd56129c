import Operators
import Testing

@Suite struct Convolution2DTransposeBiasTests {
  private func refusal(_ options: [UInt8], output: [Int32] = [1, 4, 4, 3]) -> String? {
    KernelFixture(
      Convolution2DTransposeBias.self, [.tensor([1, 2, 2, 1]), .tensor([3, 2, 2, 1]), .tensor([3])],
      [.tensor(output)], customOptions: options
    ).refusal?.description
  }

  @Test func oddOptionsAreRefused() {
    let strides: [UInt8] = [2, 0, 0, 0, 2, 0, 0, 0]
    #expect(refusal([1, 0, 0, 0] + strides) == nil && refusal([2, 0, 0, 0] + strides) == nil)
    #expect(refusal([]) == "its custom options have 0 bytes, expected padding and two strides")
    #expect(refusal([0, 0, 0, 0] + strides) == "its padding is 0, expected 1 (SAME) or 2 (VALID)")
    #expect(refusal([1, 0, 0, 0, 0, 0, 0, 128, 2, 0, 0, 0]) != nil)
    #expect(
      refusal([1, 0, 0, 0] + strides, output: [1, 4, 4, 2])
        == "output 0 is declared 1×4×4×2, but the operator gives 1×4×4×3")
  }
}

import Testing

@testable import Operators

@Suite struct BatchMatMulTests {
  @Test func refusesWhatDoesNotFit() {
    let vector = KernelFixture(BatchMatMul.self, [.tensor([3]), .tensor([3, 2])], [.tensor([1, 2])])
    #expect(vector.refusal == .invalidShape("input 0 is 3 and input 1 is 3×2; both must be matrices"))
    let depth = KernelFixture(BatchMatMul.self, [.tensor([2, 3]), .tensor([4, 2])], [.tensor([2, 2])])
    #expect(depth.refusal == .invalidShape("input 0 is 2×3, input 1 is 4×2, but output is 2×2"))
    let types = KernelFixture(
      BatchMatMul.self, [.tensor([2, 3], .int8), .tensor([3, 2])], [.tensor([2, 2], .int8)])
    #expect(
      types.refusal
        == .unsupportedType(
          "input 0 is int8 and input 1 is float32; BATCH_MATMUL takes float32 with float32 or int8, "
            + "int8 with int8, and int16 with int16"))
  }
}

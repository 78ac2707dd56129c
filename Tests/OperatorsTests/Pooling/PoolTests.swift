import Testing

@testable import Operators

@Suite struct PoolTests {
  private static let options: [(name: String, value: Int64)] = [
    ("padding", 1), ("stride_h", 2), ("stride_w", 2), ("filter_height", 2), ("filter_width", 2),
  ]

  @Test(arguments: [AveragePool2D.self, MaxPool2D.self, L2Pool2D.self] as [any Operator.Type])
  func refusesShapesThatDoNotFit(type: any Operator.Type) {
    let channels = KernelFixture(type, [.tensor([1, 4, 4, 2])], [.tensor([1, 2, 2, 3])], Self.options)
    #expect(channels.refusal?.description == "output is 1×2×2×3, but input 0 is 1×4×4×2")
    let size = KernelFixture(type, [.tensor([1, 4, 4, 2])], [.tensor([1, 2, 3, 2])], Self.options)
    #expect(
      size.refusal?.description
        == "output size is 3; input size 4, 2 taps, stride 2, dilation 1 and padding VALID give 2")
    let none = KernelFixture(type, [.tensor([1, 4, 4, 2])], [.tensor([1, 2, 2, 2])], [])
    #expect(none.refusal == .invalidShape("stride 0, dilation 1 and filter size 0 must be positive"))
  }

  @Test func refusesTypesThatNoRuntimeTakes() {
    let shapes = (
      KernelFixture.Operand.tensor([1, 4, 4, 2], .int32), KernelFixture.Operand.tensor([1, 2, 2, 2], .int32)
    )
    #expect(
      KernelFixture(AveragePool2D.self, [shapes.0], [shapes.1], Self.options).refusal
        == .unsupportedType("input 0 is int32; AVERAGE_POOL_2D takes float32, int8, int16, uint8"))
    #expect(
      KernelFixture(L2Pool2D.self, [shapes.0], [shapes.1], Self.options).refusal
        == .unsupportedType("input 0 is int32; L2_POOL_2D takes float32"))
  }
}

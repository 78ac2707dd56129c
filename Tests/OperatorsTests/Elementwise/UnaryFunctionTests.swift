import Testing

@testable import Operators

/// Tables and clamps for 8-bit inputs give what the function gives.
@Suite struct UnaryFunctionTests {
  @Test(arguments: [(Float(0.05), Int64(0)), (0.05, 30), (0.02, -128), (0.2, 127)])
  func rectifierOfBytesIsItsDefinition(output: (scale: Float, zeroPoint: Int64)) throws {
    let fixture = KernelFixture(
      Relu.self, [.tensor([256], .int8).quantized(0.05)],
      [.tensor([256], .int8).quantized(output.scale, output.zeroPoint)])
    let results = try fixture.run((0...255).map { UInt8($0) })[0].map { Int8(bitPattern: $0) }
    let multiplier = QuantizedMultiplier(Double(Float(0.05)) / Double(output.scale))
    for byte in 0...255 {
      let scaled = multiplier.apply(Int32(Int8(truncatingIfNeeded: byte))) + Int32(output.zeroPoint)
      #expect(results[byte] == Int8(min(max(scaled, Int32(output.zeroPoint)), 127)))
    }
  }

  @Test func refusesAnotherShape() {
    let fixture = KernelFixture(Neg.self, [.tensor([2, 3])], [.tensor([3, 2])])
    #expect(fixture.refusal?.description == "output 0 is declared 3×2, but the operator gives 2×3")
  }

  @Test func refusesAnotherNumberOfInputs() {
    let fixture = KernelFixture(Sin.self, [.tensor([2]), .tensor([2])], [.tensor([2])])
    #expect(fixture.refusal == .unsupported("it has 2 inputs; the operator takes 1"))
  }
}

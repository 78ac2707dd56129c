import Operators
import Tensors
import Testing

@Suite struct CastTests {
  private func cast(_ bytes: [UInt8], from source: ElementType, to target: ElementType) throws -> [UInt8] {
    try KernelFixture(Cast.self, [.tensor([1], source)], [.tensor([1], target)]).run(bytes)[0]
  }

  @Test func floatsSaturate() throws {
    #expect(try cast([0, 0, 128, 127], from: .float32, to: .int8) == [127])
    #expect(try cast([0, 0, 128, 255], from: .float32, to: .int8) == [128])
    #expect(try cast([0, 0, 192, 127], from: .float32, to: .uint8) == [255])
    #expect(try cast([0, 0, 128, 191], from: .float32, to: .uint8) == [0])
    #expect(
      try cast([0, 0, 0, 95], from: .float32, to: .int64) == [255, 255, 255, 255, 255, 255, 255, 127])
  }

  @Test func integersWrapAndBoolsAreOne() throws {
    #expect(try cast([0x34, 0x12], from: .int16, to: .uint8) == [0x34])
    #expect(try cast([9], from: .bool, to: .int32) == [1, 0, 0, 0])
    #expect(try cast([0, 1], from: .int16, to: .bool) == [1])
  }

  @Test func refusesTypes() {
    let source = KernelFixture(Cast.self, [.tensor([1], .complex64)], [.tensor([1])])
    let types = "float32, float16, int8, int16, int32, int64, uint8, uint32, bool"
    #expect(source.refusal == .unsupportedType("input 0 is complex64; CAST takes \(types)"))
    let target = KernelFixture(Cast.self, [.tensor([1])], [.tensor([1], .float64)])
    #expect(target.refusal == .unsupportedType("CAST gives no float64 from float32"))
  }
}

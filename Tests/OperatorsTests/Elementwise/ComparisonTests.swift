import Operators
import Testing

@Suite struct ComparisonTests {
  @Test func refusesTypes() {
    let ordered = KernelFixture(
      Less.self, [.tensor([2], .bool), .tensor([2], .bool)], [.tensor([2], .bool)])
    #expect(
      ordered.refusal
        == .unsupportedType("input 0 is bool; LESS takes float32, int8, int16, uint8, int32, int64"))
    let mixed = KernelFixture(Equal.self, [.tensor([2]), .tensor([2], .int32)], [.tensor([2], .bool)])
    #expect(mixed.refusal == .unsupportedType("input 1 is int32, but input 0 is float32"))
    let output = KernelFixture(Equal.self, [.tensor([2]), .tensor([2])], [.tensor([2])])
    #expect(output.refusal == .unsupportedType("EQUAL gives no float32 from float32"))
  }

  @Test func refusesLargeScales() {
    let fixture = KernelFixture(
      Equal.self, [.tensor([2], .int8).quantized(0.5), .tensor([2], .int8).quantized(2)],
      [.tensor([2], .bool)])
    #expect(fixture.refusal == .unsupported("input 1 has scale 2.0; comparisons take less than 1"))
  }

  @Test func anyByteButZeroIsTrue() throws {
    let fixture = KernelFixture(
      Equal.self, [.tensor([2], .bool), .tensor([2], .bool)], [.tensor([2], .bool)])
    #expect(try fixture.run([7, 0], [1, 2]) == [[1, 0]])
  }
}

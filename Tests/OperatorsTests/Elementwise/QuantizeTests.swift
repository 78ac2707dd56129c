import Operators
import Testing

@Suite struct QuantizeTests {
  @Test func floatsSaturate() throws {
    let fixture = KernelFixture(Quantize.self, [.tensor([1])], [.tensor([1], .int8).quantized(0.5, 3)])
    #expect(try fixture.run([0, 0, 128, 127]) == [[127]])
    #expect(try fixture.run([0, 0, 128, 255]) == [[128]])
    #expect(try fixture.run([0, 0, 192, 127]) == [[128]])
    #expect(try fixture.run([0, 0, 128, 190]) == [[2]])
  }

  @Test func refusesTypes() {
    let fixture = KernelFixture(Quantize.self, [.tensor([1])], [.tensor([1], .int32).quantized(0.5)])
    #expect(fixture.refusal == .unsupportedType("QUANTIZE gives no int32 from float32"))
  }
}

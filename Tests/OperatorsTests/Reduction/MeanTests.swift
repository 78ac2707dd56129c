import Operators
import Testing

@Suite struct MeanTests {
  @Test func refusesQuantizedTensorsWithoutParameters() {
    let fixture = KernelFixture(Mean.self, [.tensor([2], .int8), .integers([0])], [.tensor([], .int8)])
    #expect(fixture.refusal == .unsupported("input 0 is int8 and has no quantization parameters"))
  }

  @Test func refusesOtherTypes() {
    let fixture = KernelFixture(Mean.self, [.tensor([2], .bool), .integers([0])], [.tensor([], .bool)])
    #expect(
      fixture.refusal
        == .unsupportedType("input 0 is bool; MEAN takes float32, int8, int16, uint8, int32, int64"))
  }
}

import Operators
import Testing

@Suite struct SoftmaxTests {
  @Test func refusesOtherOutputs() {
    let bytes = KernelFixture.Operand.tensor([2], .int8).quantized(0.1)
    #expect(
      KernelFixture(Softmax.self, [bytes], [bytes]).refusal
        == .unsupported("output 0 has scale 0.1; SOFTMAX gives 0.00390625"))
    #expect(
      KernelFixture(Softmax.self, [bytes], [.tensor([2])]).refusal
        == .unsupportedType("SOFTMAX gives no float32 from int8"))
  }

  @Test func refusesTypes() {
    let fixture = KernelFixture(Softmax.self, [.tensor([2], .int32)], [.tensor([2], .int32)])
    #expect(
      fixture.refusal == .unsupportedType("input 0 is int32; SOFTMAX takes float32, int8, int16, uint8"))
  }

  @Test func emptyRowsGiveNothing() throws {
    let fixture = KernelFixture(Softmax.self, [.tensor([3, 0])], [.tensor([3, 0])])
    #expect(try fixture.run([]) == [[]])
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalFftAutoScaleTests {
  @Test func scalarsThatHaveAnAxisAreRefused() {
    let refusal = SignalFixture.refusal(
      SignalFftAutoScale.self, [.tensor([4], .int16)], [.tensor([4], .int16), .tensor([1], .int32)], [:])
    #expect(refusal == "output 1 is 1, expected 0 dimensions")
  }

  /// TFLM's largest magnitude of −2¹⁵ is negative, and everything behind it is larger.
  @Test func theLeastNumberWrapsAround() throws {
    let fixture = KernelFixture(
      SignalFftAutoScale.self, [.tensor([2], .int16)], [.tensor([2], .int16), .tensor([], .int32)])
    let output = try fixture.run(SignalFixture.bytes([-32768, 3] as [Int16]))
    #expect(output == [SignalFixture.bytes([0, 24576] as [Int16]), [13, 0, 0, 0]])
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalDelayTests {
  @Test func samplesComeLater() throws {
    let fixture = KernelFixture(
      SignalDelay.self, [.tensor([2], .int16)], [.tensor([2], .int16)],
      customOptions: SignalFixture.options(["delay_length": 3]))
    let outputs = try fixture.runs([[1, 0, 2, 0], [3, 0, 4, 0], [5, 0, 6, 0]])
    #expect(outputs == [[[0, 0, 0, 0]], [[0, 0, 1, 0]], [[2, 0, 3, 0]]])
  }

  @Test func hugeDelaysAreRefused() {
    let refusal = SignalFixture.refusal(
      SignalDelay.self, [.tensor([2], .int16)], [.tensor([2], .int16)], ["delay_length": 1 << 30])
    #expect(refusal == "delay_length is 1073741824, expected 0 to 16777216")
  }
}

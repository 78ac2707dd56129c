import Operators
import Tensors
import Testing

@Suite struct SignalWindowTests {
  private func fixture(_ options: [UInt8], window: [Int32] = [2]) -> KernelFixture {
    KernelFixture(
      SignalWindow.self, [.tensor([4], .int16), .tensor(window, .int16)], [.tensor([4], .int16)],
      customOptions: options)
  }

  @Test func productsAreShiftedAndClamped() throws {
    let fixture = fixture(SignalFixture.options(["shift": 1]))
    let output = try fixture.run(
      SignalFixture.bytes([3, -3, 32767, -32768] as [Int16]), SignalFixture.bytes([1, 3] as [Int16]))
    #expect(output == [SignalFixture.bytes([1, -5, 16383, -32768] as [Int16])])
  }

  @Test func oddOptionsAreRefused() {
    #expect(fixture([]).refusal?.description == "its custom options are not a FlexBuffers map")
    #expect(
      fixture(SignalFixture.options(["shit": 1])).refusal?.description == "its options have no number shift")
    #expect(
      fixture(SignalFixture.options(["shift": 1 << 40])).refusal?.description
        == "shift is 1099511627776, expected 0 to 31")
    #expect(
      fixture(SignalFixture.options(["shift": 1]), window: [3]).refusal?.description
        == "input 0 is 4, no whole number of windows of 3")
  }
}

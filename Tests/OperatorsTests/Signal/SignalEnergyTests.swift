import Operators
import Tensors
import Testing

@Suite struct SignalEnergyTests {
  @Test func rangesThatDoNotExistAreRefused() {
    func refusal(_ start: Int, _ end: Int) -> String? {
      SignalFixture.refusal(
        SignalEnergy.self, [.tensor([8], .int16)], [.tensor([4], .uint32)],
        ["start_index": start, "end_index": end])
    }
    #expect(refusal(0, 4) == nil && refusal(4, 0) == nil)
    #expect(refusal(0, 5) == "end_index is 5, but input 0 is 8 and output 0 4")
    #expect(refusal(-1, 2) == "start_index is -1, expected 0 to 2147483647")
  }

  @Test func onlyTheRangeIsNotZero() throws {
    let fixture = KernelFixture(
      SignalEnergy.self, [.tensor([4], .int16)], [.tensor([2], .uint32)],
      customOptions: SignalFixture.options(["start_index": 1, "end_index": 2]))
    let output = try fixture.run(SignalFixture.bytes([1, 2, -3, 4] as [Int16]))
    #expect(output == [[0, 0, 0, 0, 25, 0, 0, 0]])
  }
}

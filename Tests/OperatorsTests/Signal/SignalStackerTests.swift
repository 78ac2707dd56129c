import Operators
import Tensors
import Testing

@Suite struct SignalStackerTests {
  private func fixture(_ options: KeyValuePairs<String, Int>) -> KernelFixture {
    KernelFixture(
      SignalStacker.self, [.tensor([1], .int16)], [.tensor([3], .int16), .tensor([], .bool)],
      customOptions: SignalFixture.options(options))
  }

  @Test func theFirstFrameStandsForThoseBeforeIt() throws {
    let fixture = fixture([
      "num_channels": 1, "stacker_left_context": 1, "stacker_right_context": 1, "stacker_step": 2,
    ])
    let outputs = try fixture.runs([[1, 0], [2, 0], [3, 0], [4, 0]])
    #expect(outputs.map { $0[1] } == [[0], [1], [0], [1]])
    #expect(outputs[1][0] == [1, 0, 1, 0, 2, 0] && outputs[3][0] == [2, 0, 3, 0, 4, 0])
  }

  @Test func stepsBeyondAStackAreRefused() {
    let refusal = fixture([
      "num_channels": 1, "stacker_left_context": 1, "stacker_right_context": 1, "stacker_step": 4,
    ]).refusal
    #expect(refusal?.description == "stacker_step is 4, expected 1 to 3")
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalOverlapAddTests {
  private func refusal(_ type: Int, step: Int) -> String? {
    SignalFixture.refusal(
      SignalOverlapAdd.self, [.tensor([2, 4], .int16)], [.tensor([4], .int16)],
      ["T": type, "frame_step": step])
  }

  @Test func oddOptionsAreRefused() {
    #expect(refusal(7, step: 2) == nil)
    #expect(refusal(7, step: 5) == "frame_step is 5, expected 1 to 4")
    #expect(refusal(7, step: 3) == "output 0 is 4, not 1×2·3")
    #expect(refusal(9, step: 2) == "its options name int8, not int16 or float32")
    #expect(refusal(99, step: 2) == "its options name no type, not int16 or float32")
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalFramerTests {
  private func fixture(size: Int, step: Int, prefill: Int = 0, frames: Int32 = 1) -> KernelFixture {
    KernelFixture(
      SignalFramer.self, [.tensor([2], .int16)],
      [.tensor([frames, Int32(clamping: size)], .int16), .tensor([], .bool)],
      customOptions: SignalFixture.options(["frame_size": size, "frame_step": step, "prefill": prefill]))
  }

  @Test func framesAreWholeOnceSamplesSuffice() throws {
    let outputs = try fixture(size: 3, step: 2).runs([[1, 0, 2, 0], [3, 0, 4, 0], [5, 0, 6, 0]])
    #expect(outputs[0][1] == [0])
    #expect(outputs[1] == [[1, 0, 2, 0, 3, 0], [1]])
    #expect(outputs[2] == [[3, 0, 4, 0, 5, 0], [1]])
  }

  @Test func oddFramesAreRefused() {
    #expect(fixture(size: 3, step: 0).refusal?.description == "frame_step is 0, expected 1 to 16777216")
    #expect(
      fixture(size: 1, step: 2, prefill: 1).refusal?.description
        == "frame_size 1 is less than frame_step 2, and prefill is set")
    #expect(fixture(size: 3, step: 1).refusal?.description == "output 0 is 1×3, not 1×2×3")
  }
}

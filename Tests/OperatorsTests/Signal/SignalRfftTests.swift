import Operators
import Tensors
import Testing

@Suite struct SignalRfftTests {
  private func refusal(_ type: Int, length: Int32, _ option: Int? = nil) -> String? {
    SignalFixture.refusal(
      SignalRfft.self, [.tensor([length], .int16)], [.tensor([length + 2], .int16)],
      ["T": type, "fft_length": option ?? Int(length)])
  }

  @Test func oddLengthsAreRefused() {
    #expect(refusal(7, length: 60) == nil)
    #expect(refusal(7, length: 5) == "fft_length is 5; it must be even")
    #expect(refusal(7, length: 2) == "fft_length is 2; its half must be a product of 2, 3 and 5")
    #expect(refusal(7, length: 14) == "fft_length is 14; its half must be a product of 2, 3 and 5")
    #expect(refusal(7, length: 4, 1 << 40) == "fft_length is 1099511627776, expected 2 to 16777216")
    #expect(refusal(4, length: 4) == "its options name int64, not int16, int32 or float32")
  }
}

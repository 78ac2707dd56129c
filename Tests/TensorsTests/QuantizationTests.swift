import Tensors
import Testing

@Suite struct QuantizationTests {
  @Test func scalesDecideWhatATensorIs() {
    #expect(!Quantization(scales: nil, zeroPoints: nil).isQuantized)
    #expect(!Quantization(min: [0], max: [6], scales: [], zeroPoints: []).isQuantized)
    #expect(Quantization(scales: [0.5], zeroPoints: [3]).isQuantized)
    #expect(!Quantization(scales: [0.5], zeroPoints: [3]).isPerChannel)
    #expect(Quantization(scales: [0.5, 0.25], zeroPoints: [0, 0], axis: 3).isPerChannel)
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalFilterBankSpectralSubtractionTests {
  @Test func countsThatDoNotFitAreRefused() {
    let tensor = KernelFixture.Operand.tensor([2], .uint32)
    let refusal = SignalFixture.refusal(
      SignalFilterBankSpectralSubtraction.self, [tensor], [tensor, tensor], ["num_channels": 3])
    #expect(refusal == "num_channels is 3, but an operand is 2")
    let options = SignalFixture.refusal(
      SignalFilterBankSpectralSubtraction.self, [tensor], [tensor, tensor], ["num_channels": 2])
    #expect(options == "its options have no number smoothing")
  }
}

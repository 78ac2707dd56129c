import Operators
import Tensors
import Testing

@Suite struct SignalPCANTests {
  @Test func shortTablesAreRefused() {
    let tensor = KernelFixture.Operand.tensor([2], .uint32)
    let refusal = SignalFixture.refusal(
      SignalPCAN.self, [tensor, tensor, .tensor([124], .int16)], [tensor], ["snr_shift": 6])
    #expect(refusal == "input 2 is 124, a table of gains has 125 numbers")
  }
}

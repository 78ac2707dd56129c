import Operators
import Tensors
import Testing

@Suite struct SignalFilterBankLogTests {
  @Test func smallNumbersGiveZero() throws {
    let fixture = KernelFixture(
      SignalFilterBankLog.self, [.tensor([3], .uint32)], [.tensor([3], .int16)],
      customOptions: SignalFixture.options(["input_correction_bits": 0, "output_scale": 1000]))
    let output = try fixture.run(SignalFixture.bytes([0, 1, 2] as [UInt32]))
    #expect(output == [SignalFixture.bytes([0, 0, 693] as [Int16])])
  }

  @Test func impossibleShiftsAreRefused() {
    let refusal = SignalFixture.refusal(
      SignalFilterBankLog.self, [.tensor([3], .uint32)], [.tensor([3], .int16)],
      ["input_correction_bits": 32, "output_scale": 1])
    #expect(refusal == "input_correction_bits is 32, expected 0 to 31")
  }
}

import Operators
import Tensors
import Testing

@Suite struct SignalFilterBankTests {
  private func fixture(channels: Int = 1) -> KernelFixture {
    KernelFixture(
      SignalFilterBank.self,
      [.tensor([4], .uint32)] + [KernelFixture.Operand](repeating: .tensor([2], .int16), count: 5),
      [.tensor([1], .uint64)], customOptions: SignalFixture.options(["num_channels": channels]))
  }

  @Test func binsThatDoNotExistAreRefused() {
    let (energies, weights) = ([UInt8](repeating: 1, count: 16), SignalFixture.bytes([1, 2] as [Int16]))
    for starts in [[0, 3], [-1, 0], [0, 32767]] as [[Int16]] {
      #expect(throws: KernelError.self) {
        try fixture().run(
          energies, weights, weights, SignalFixture.bytes(starts), SignalFixture.bytes([0, 0] as [Int16]),
          SignalFixture.bytes([1, 2] as [Int16]))
      }
    }
  }

  @Test func otherCountsAreRefused() {
    #expect(fixture(channels: 2).refusal?.description == "output 0 is 1, but num_channels is 2")
    #expect(fixture(channels: -1).refusal?.description == "num_channels is -1, expected 0 to 2147483646")
  }
}

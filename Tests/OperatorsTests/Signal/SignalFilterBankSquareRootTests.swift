import Operators
import Tensors
import Testing

@Suite struct SignalFilterBankSquareRootTests {
  @Test func impossibleShiftsAreRefused() throws {
    let fixture = KernelFixture(
      SignalFilterBankSquareRoot.self, [.tensor([1], .uint64), .tensor([], .int32)], [.tensor([1], .uint32)])
    let number = SignalFixture.bytes([81] as [UInt64])
    #expect(try fixture.run(number, [1, 0, 0, 0]) == [[4, 0, 0, 0]])
    #expect(throws: KernelError.invalidData("a shift by 32 bits is not possible")) {
      try fixture.run(number, [32, 0, 0, 0])
    }
  }
}

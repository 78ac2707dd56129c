import Operators
import Testing

@Suite struct RsqrtTests {
  @Test func refusesNegativeNumbers() throws {
    let tensor = KernelFixture.Operand.tensor([2], .int8).quantized(0.1, 5)
    let fixture = KernelFixture(Rsqrt.self, [tensor], [tensor])
    #expect(throws: KernelError.invalidData("element 1 is negative; RSQRT has no result for it")) {
      try fixture.run([5, 4])
    }
    #expect(try fixture.run([5, 5]) == [[127, 127]])
  }
}

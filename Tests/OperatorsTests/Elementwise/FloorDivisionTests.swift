import Operators
import Testing

@Suite struct FloorDivisionTests {
  private let bytes = KernelFixture.Operand.tensor([4], .int8)

  @Test func quotientsAndRemaindersFollowTheDivisor() throws {
    let numbers: ([UInt8], [UInt8]) = ([7, 249, 7, 128], [3, 3, 253, 255])
    let quotients = try KernelFixture(FloorDiv.self, [bytes, bytes], [bytes]).run(numbers.0, numbers.1)
    #expect(quotients == [[2, 253, 253, 128]])
    let remainders = try KernelFixture(FloorMod.self, [bytes, bytes], [bytes]).run(numbers.0, numbers.1)
    #expect(remainders == [[1, 2, 254, 0]])
  }

  @Test func refusesDivisionByZero() {
    #expect(throws: KernelError.invalidData("element 2 of input 1 is zero; it cannot divide")) {
      try KernelFixture(FloorMod.self, [bytes, bytes], [bytes]).run([1, 2, 3, 4], [1, 1, 0, 1])
    }
  }
}

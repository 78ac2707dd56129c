import Operators
import Testing

@Suite struct DivTests {
  @Test func refusesDivisionByZero() {
    let integers = KernelFixture(
      Div.self, [.tensor([1], .int32), .tensor([1], .int32)], [.tensor([1], .int32)])
    #expect(throws: KernelError.invalidData("element 0 of input 1 is zero; it cannot divide")) {
      try integers.run([1, 0, 0, 0], [0, 0, 0, 0])
    }
    let tensor = KernelFixture.Operand.tensor([2], .int8).quantized(0.1, 5)
    #expect(throws: KernelError.invalidData("element 1 of input 1 is zero; it cannot divide")) {
      try KernelFixture(Div.self, [tensor, tensor], [tensor]).run([1, 2], [3, 5])
    }
  }

  @Test func theOneOverflowDoesNotTrap() throws {
    let fixture = KernelFixture(
      Div.self, [.tensor([1], .int32), .tensor([1], .int32)], [.tensor([1], .int32)])
    #expect(try fixture.run([0, 0, 0, 128], [255, 255, 255, 255]) == [[0, 0, 0, 128]])
  }
}

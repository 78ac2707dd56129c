import Operators
import Testing

@Suite struct LogicalTests {
  @Test func refusesNumbers() {
    let fixture = KernelFixture(LogicalAnd.self, [.tensor([2]), .tensor([2])], [.tensor([2])])
    #expect(fixture.refusal == .unsupportedType("input 0 is float32; LOGICAL_AND takes bool"))
  }

  @Test func anyByteButZeroIsTrue() throws {
    let bools = KernelFixture.Operand.tensor([4], .bool)
    let both = KernelFixture(LogicalAnd.self, [bools, bools], [bools])
    #expect(try both.run([0, 9, 0, 1], [0, 0, 3, 2]) == [[0, 0, 0, 1]])
    #expect(try KernelFixture(LogicalNot.self, [bools], [bools]).run([0, 9, 0, 1]) == [[1, 0, 1, 0]])
  }
}

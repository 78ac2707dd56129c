import Operators
import Testing

@Suite struct SelectionTests {
  @Test func refusesConditions() {
    let number = KernelFixture(SelectV2.self, [.tensor([2]), .tensor([2]), .tensor([2])], [.tensor([2])])
    #expect(number.refusal == .unsupportedType("input 0 is float32, not bool"))
    let shape = KernelFixture(
      Select.self, [.tensor([3], .bool), .tensor([2, 3]), .tensor([2, 3])], [.tensor([2, 3])])
    #expect(shape.refusal == .invalidShape("input 0 is 3; it takes 2×3 or its first axis"))
    let tall = KernelFixture(
      Select.self, [.tensor([2, 3, 1], .bool), .tensor([2, 3]), .tensor([2, 3])], [.tensor([2, 3])])
    #expect(tall.refusal == .invalidShape("input 0 is 2×3×1; it takes 2×3 or its first axis"))
  }

  @Test func aConditionOfTheFirstAxisSelectsRows() throws {
    let rows = KernelFixture.Operand.tensor([2, 2], .int8)
    let fixture = KernelFixture(Select.self, [.tensor([2], .bool), rows, rows], [rows])
    #expect(try fixture.run([0, 5], [1, 2, 3, 4], [5, 6, 7, 8]) == [[5, 6, 3, 4]])
  }
}

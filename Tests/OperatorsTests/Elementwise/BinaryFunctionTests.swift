import Operators
import Testing

@Suite struct BinaryFunctionTests {
  @Test func refusesShapesThatDoNotBroadcast() {
    let fixture = KernelFixture(Maximum.self, [.tensor([2, 3]), .tensor([2])], [.tensor([2, 3])])
    #expect(fixture.refusal == .invalidShape("shapes 2×3, 2 do not broadcast"))
  }

  @Test func refusesAnOutputOfAnotherShape() {
    let fixture = KernelFixture(Maximum.self, [.tensor([2, 3]), .tensor([3])], [.tensor([3])])
    #expect(fixture.refusal?.description == "output 0 is declared 3, but the operator gives 2×3")
  }

  @Test func refusesMissingMemory() {
    let fixture = KernelFixture(
      Minimum.self, [.tensor([4], .int8), .tensor([4], .int8)], [.tensor([4], .int8)])
    #expect(throws: KernelError.invalidData("input 1 holds 2 elements, its shape needs 4")) {
      try fixture.run([1, 2, 3, 4], [1, 2])
    }
  }

  @Test func emptyTensorsGiveNothing() throws {
    let fixture = KernelFixture(
      Minimum.self, [.tensor([0, 4], .int8), .tensor([4], .int8)], [.tensor([0, 4], .int8)])
    #expect(try fixture.run([], [1, 2, 3, 4]) == [[]])
  }
}

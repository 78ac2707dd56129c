import Operators
import Testing

@Suite struct PackTests {
  @Test func refusesAnotherNumberOfParts() {
    let fixture = KernelFixture(Pack.self, [.tensor([2]), .tensor([2])], [.tensor([3, 2])], [("axis", 0)])
    #expect(fixture.refusal?.description == "it has 2 inputs of 1 dimensions, but output 0 is 3×2")
  }
}

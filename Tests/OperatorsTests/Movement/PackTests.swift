import Operators
import Testing

@Suite struct PackTests {
  @Test func refusesAnotherNumberOfParts() {
    let fixture = KernelFixture(Pack.self, [.tensor([2]), .tensor([2])], [.tensor([3, 2])], [("axis", 0)])
    #expect(fixture.refusal == .invalidShape("it has 2 inputs, but axis 0 of the output is 3"))
  }
}

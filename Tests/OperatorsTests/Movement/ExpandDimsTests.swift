import Operators
import Testing

@Suite struct ExpandDimsTests {
  @Test func refusesAnAxisThatIsNotThere() {
    let fixture = KernelFixture(
      ExpandDims.self, [.tensor([2]), .integers([2])], [.tensor([2, 1])])
    #expect(fixture.refusal == .invalidShape("axis 2 does not exist behind 2"))
  }
}

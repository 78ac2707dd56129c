import Operators
import Testing

@Suite struct SliceTests {
  @Test func refusesABoxThatLeavesTheTensor() {
    let fixture = KernelFixture(
      Slice.self, [.tensor([4]), .integers([3]), .integers([2])], [.tensor([2])])
    #expect(fixture.refusal == .invalidShape("2 indices from 3 leave axis 0 of 4"))
  }
}

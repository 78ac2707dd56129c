import Operators
import Testing

@Suite struct DynamicUpdateSliceTests {
  @Test func refusesALargerUpdate() {
    let fixture = KernelFixture(
      DynamicUpdateSlice.self, [.tensor([2]), .tensor([3]), .integers([0])], [.tensor([2])])
    #expect(fixture.refusal == .invalidShape("the update 3 does not fit into 2"))
  }
}

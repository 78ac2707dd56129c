import Operators
import Testing

@Suite struct TopKV2Tests {
  @Test func refusesMoreThanARowHas() {
    let fixture = KernelFixture(
      TopKV2.self, [.tensor([3]), .integers([4])], [.tensor([4]), .tensor([4], .int32)])
    #expect(fixture.refusal == .invalidShape("k is 4, but rows have 3 elements"))
  }
}

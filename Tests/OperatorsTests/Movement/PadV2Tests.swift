import Operators
import Testing

@Suite struct PadV2Tests {
  @Test func refusesAConstantOfAnotherType() {
    let fixture = KernelFixture(
      PadV2.self, [.tensor([2]), .integers([1, 1], [1, 2]), .integers([3])], [.tensor([4])])
    #expect(fixture.refusal == .unsupportedType("input 2 is int32, but input 0 is float32"))
  }
}

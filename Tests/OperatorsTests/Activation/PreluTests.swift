import Operators
import Testing

@Suite struct PreluTests {
  @Test func refusesTypesOfAlpha() {
    let fixture = KernelFixture(Prelu.self, [.tensor([2]), .tensor([2], .int8)], [.tensor([2])])
    #expect(fixture.refusal == .unsupportedType("input 1 is int8; PRELU does not take it for float32"))
  }
}

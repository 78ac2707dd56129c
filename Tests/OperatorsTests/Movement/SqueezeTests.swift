import Operators
import Testing

@Suite struct SqueezeTests {
  @Test func refusesAnotherShape() {
    let fixture = KernelFixture(Squeeze.self, [.tensor([1, 2, 1])], [.tensor([1, 2])])
    #expect(fixture.refusal?.description == "output 0 is declared 1×2, but the operator gives 2")
  }
}

import Operators
import Testing

@Suite struct UnpackTests {
  @Test func refusesAnotherNumberOfResults() {
    let fixture = KernelFixture(Unpack.self, [.tensor([3, 2])], [.tensor([2])], [("axis", 0)])
    #expect(fixture.refusal == .unsupported("it has 1 outputs; the operator gives 3"))
  }
}

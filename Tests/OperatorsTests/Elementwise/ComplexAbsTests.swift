import Operators
import Testing

@Suite struct ComplexAbsTests {
  @Test func otherTypesAreRefused() {
    #expect(KernelFixture(ComplexAbs.self, [.tensor([2], .complex64)], [.tensor([2])]).refusal == nil)
    let complex = KernelFixture(ComplexAbs.self, [.tensor([2], .complex128)], [.tensor([2], .float64)])
    #expect(
      complex.refusal?.description
        == "input 0 is complex128 and output 0 float64, expected complex64 and float32")
  }
}

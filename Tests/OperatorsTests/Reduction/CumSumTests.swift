import Operators
import Testing

@Suite struct CumSumTests {
  @Test func refusesOtherTypes() {
    let fixture = KernelFixture(
      CumSum.self, [.tensor([2], .int16), .integers([0])], [.tensor([2], .int16)])
    #expect(
      fixture.refusal == .unsupportedType("input 0 is int16; CUMSUM takes float32, int8, int32, int64"))
  }
}

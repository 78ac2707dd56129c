import Operators
import Testing

@Suite struct ZerosLikeTests {
  @Test func refusesTypes() {
    let fixture = KernelFixture(ZerosLike.self, [.tensor([2], .float64)], [.tensor([2], .float64)])
    let types = "float32, int8, int16, uint8, int32, int64, bool"
    #expect(fixture.refusal == .unsupportedType("input 0 is float64; ZEROS_LIKE takes \(types)"))
  }
}

import Operators
import Testing

@Suite struct GatherNDTests {
  @Test func refusesTuplesLongerThanTheRank() {
    let fixture = KernelFixture(GatherND.self, [.tensor([2]), .tensor([1, 2], .int32)], [.tensor([1])])
    #expect(fixture.refusal == .invalidShape("indices of shape 1×2 do not name slices of 2"))
  }

  @Test func refusesIndicesOutside() {
    let fixture = KernelFixture(
      GatherND.self, [.tensor([2, 2], .int8), .tensor([1, 1], .int32)], [.tensor([1, 2], .int8)])
    #expect(throws: KernelError.invalidData("index 3 lies outside 0..<2")) {
      try fixture.run([1, 2, 3, 4], [3, 0, 0, 0])
    }
  }
}

import Operators
import Testing

@Suite struct GatherTests {
  @Test func refusesIndicesOutside() {
    let fixture = KernelFixture(
      Gather.self, [.tensor([2], .int8), .tensor([1], .int32)], [.tensor([1], .int8)])
    #expect(throws: KernelError.invalidData("index 2 lies outside 0..<2")) {
      try fixture.run([5, 6], [2, 0, 0, 0])
    }
    #expect(throws: KernelError.invalidData("index -1 lies outside 0..<2")) {
      try fixture.run([5, 6], [255, 255, 255, 255])
    }
  }

  @Test func refusesBatchesThatDiffer() {
    let fixture = KernelFixture(
      Gather.self, [.tensor([2, 3]), .tensor([3, 1], .int32)], [.tensor([2, 1])],
      [("axis", 1), ("batch_dims", 1)])
    #expect(fixture.refusal == .invalidShape("batch_dims 1 does not fit 2×3, axis 1 and 3×1"))
  }

  @Test func refusesFloatIndices() {
    let fixture = KernelFixture(Gather.self, [.tensor([2]), .tensor([1])], [.tensor([1])])
    #expect(fixture.refusal == .unsupportedType("input 1 is float32, not int16 or int32 or int64"))
  }
}

import Operators
import Testing

@Suite struct EmbeddingLookupTests {
  @Test func refusesATableWithAZeroPoint() {
    let fixture = KernelFixture(
      EmbeddingLookup.self, [.tensor([1], .int32), .tensor([4, 2], .int8).quantized(0.5, 3)],
      [.tensor([1, 2])])
    #expect(
      fixture.refusal
        == .unsupported("input 1 has not one scale for 4 rows or for each, or a zero point"))
  }

  @Test func refusesRowsOutside() {
    let fixture = KernelFixture(
      EmbeddingLookup.self, [.tensor([1], .int32), .tensor([4, 1], .int8)], [.tensor([1, 1], .int8)])
    #expect(throws: KernelError.invalidData("index 4 lies outside 0..<4")) {
      try fixture.run([4, 0, 0, 0], [1, 2, 3, 4])
    }
  }
}

import Datasets
import Testing

@Suite struct DeflatedSizeTests {
  @Test func zerosShrinkAndNoiseDoesNot() throws {
    let zeros = try #require(DeflatedSize.byteCount(of: [UInt8](repeating: 0, count: 10_000)))
    #expect(zeros < 100)
    let noise = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 7) }
    #expect(try #require(DeflatedSize.byteCount(of: noise)) > 100)
    #expect(try #require(DeflatedSize.byteCount(of: [])) > 0)
  }
}

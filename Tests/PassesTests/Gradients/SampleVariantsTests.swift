import GraphIR
import Testing
import _TestSupport

@testable import Passes

@Suite struct SampleVariantsTests {
  private func variants(_ dimensions: [Int32]) -> SampleVariants {
    var graphs = FloatGraphs()
    _ = graphs.builder.input("x", dimensions, .float32)
    return SampleVariants(graphs.builder.graph)
  }

  @Test func imagesAreShiftedWithTheirEdgesRepeated() {
    let numbers = (0..<6).map(Float.init)
    #expect(SampleVariants.shifted(numbers, (2, 3, 1), down: 0, right: 1) == [0, 0, 1, 3, 3, 4])
    #expect(SampleVariants.shifted(numbers, (3, 1, 2), down: -1, right: 0) == [2, 3, 4, 5, 4, 5])
  }

  @Test func seedsDecide() {
    let variants = variants([1, 4, 4, 1])
    let (one, two) = ([(0..<16).map(Float.init)], [(0..<16).map { Float($0 * $0) }])
    #expect(variants.variant(of: one, and: two, seed: 3) == variants.variant(of: one, and: two, seed: 3))
    #expect(variants.variant(of: one, and: two, seed: 3) != variants.variant(of: one, and: two, seed: 4))
  }

  @Test func whatIsNoImageIsMixedOnly() throws {
    let mixture = variants([1, 6]).variant(of: [[1, 1, 1, 1, 1, 1]], and: [[3, 3, 3, 3, 3, 3]], seed: 1)[0]
    let first = try #require(mixture.first)
    #expect(first >= 1 && first <= 3)
    #expect(mixture == [Float](repeating: first, count: 6))
  }
}

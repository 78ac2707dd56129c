import Datasets
import Execution
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

  @Test func mirrorImagesHaveLeftAndRightExchanged() {
    let numbers = (0..<12).map(Float.init)
    #expect(variants([1, 2, 3, 2]).mirrored([numbers]) == [[4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7]])
    #expect(variants([1, 12]).mirrored([numbers]) == [numbers])
  }

  /// Weights that are the same along a row do not see the sides.
  @Test(arguments: [true, false])
  func imagesAreMirroredWhereTheOriginalHardlySeesIt(isAlike: Bool) throws {
    var graphs = FloatGraphs()
    let input = graphs.builder.input("x", [1, 4, 4, 1], .float32)
    let output = graphs.dense(input, outputs: 2, weights: isAlike ? (0..<32).map { Float($0 / 4) } : nil)
    let model = graphs.model(outputs: [output])
    let runner = ParallelRunner(threadCount: 1)
    let samples = try FittingSamples(SampleSet.random(for: model, count: 40, seed: 3), runner: runner)
    let targets = try OutputTargets(try GradientGraph(model.graphs[0]), samples, runner: runner)
    var variants = SampleVariants(model.graphs[0])
    try variants.mirrorIfAlike(targets, samples, runner: runner)
    #expect(variants.mirrors == isAlike)
  }

  @Test func imagesAreNotMixed() {
    let variants = variants([1, 4, 4, 1])
    let (ones, twos) = ([[Float](repeating: 1, count: 16)], [[Float](repeating: 2, count: 16)])
    for seed: UInt64 in 0..<20 { #expect(variants.variant(of: ones, and: twos, seed: seed) == ones) }
  }

  @Test func whatIsNoImageIsMixedOnly() throws {
    let mixture = variants([1, 6]).variant(of: [[1, 1, 1, 1, 1, 1]], and: [[3, 3, 3, 3, 3, 3]], seed: 1)[0]
    let first = try #require(mixture.first)
    #expect(first >= 1 && first <= 3)
    #expect(mixture == [Float](repeating: first, count: 6))
  }
}

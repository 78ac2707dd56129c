import Datasets
import GraphIR
import Testing
import _TestSupport

@testable import Execution

@Suite struct AccuracyClassesTests {
  @Test func sharesAreThoseOfTheWholeComparison() throws {
    let reference = try Interpreter(SampleModels.chain(.abs, .neg))
    let candidate = try Interpreter(SampleModels.chain(.relu, .neg))
    let comparison = try AccuracyComparison(reference: reference, candidate: candidate)
    let first = try SampleSet.random(for: reference.model, count: 30, seed: 5)
    let second = try SampleSet.random(for: candidate.model, count: 30, seed: 5)
    let labels = Labels((0..<30).map { $0 % 4 }, file: "y.npy")
    let whole = try comparison.run(first, second, labels: labels, layerSampleCount: 0)
    let classes = try #require(try comparison.referenceClasses(first))
    #expect(classes.count == 30)
    #expect(try comparison.share(of: classes, second) == whole.agreement)
    #expect(try comparison.share(of: labels, second) == whole.candidate.top1)
  }

  @Test func countsMustFit() throws {
    let model = try Interpreter(SampleModels.chain(.abs, .neg))
    let comparison = try AccuracyComparison(reference: model, candidate: model)
    let samples = try SampleSet.random(for: model.model, count: 3, seed: 5)
    #expect(throws: RunError.self) { try comparison.share(of: [1, 2], samples) }
    #expect(throws: RunError.self) { try comparison.share(of: Labels([0], file: "y"), samples) }
    #expect(throws: RunError.self) { try comparison.share(of: Labels([0, 1, 9], file: "y"), samples) }
  }
}

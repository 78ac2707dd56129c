import Datasets
import Foundation
import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Execution

@Suite struct AccuracyComparisonTests {
  /// Samples of a model from float rows.
  private func samples(_ rows: [[Float]], for model: Model) throws -> SampleSet {
    try TemporaryFolder.with { folder in
      let path = "\(folder)/x.bin"
      try unsafe Data(rows.flatMap(\.self).withUnsafeBytes { unsafe Array($0) }).write(
        to: URL(filePath: path))
      return try SampleSet(model, files: [SampleSet.File(path: path)])
    }
  }

  @Test func differencesShowWhereTheyEnter() throws {
    let reference = try Interpreter(SampleModels.chain(.abs, .neg, dimensions: [1, 6]))
    let candidate = try Interpreter(SampleModels.chain(.relu, .neg, dimensions: [1, 6]))
    let rows: [[Float]] = [[3, 1, 2, 4, 5, 6], [3, -1, 2, 4, 5, 6]]
    let comparison = try AccuracyComparison(reference: reference, candidate: candidate)
    let result = try comparison.run(
      try samples(rows, for: reference.model), try samples(rows, for: candidate.model),
      labels: Labels([1, 0], file: "y.npy"))
    #expect(result.samples == 2 && result.agreement == 1)
    #expect(result.reference == ComparisonResult.Accuracy(top1: 0.5, top5: 1))
    #expect(result.candidate == ComparisonResult.Accuracy(top1: 0.5, top5: 1))
    #expect(result.layers.map(\.name) == ["a", "y"])
    #expect(result.layers.map(\.referenceOperator) == ["ABS", "NEG"])
    #expect(result.layers.map(\.candidateOperator) == ["RELU", "NEG"])
    #expect(result.layers.map(\.difference.maxDifference) == [1, 1])
    #expect(result.outputs[0].difference.noise == 1 && result.outputs[0].difference.signal == 182)
  }

  @Test func threadsAndLayerLimitsDoNotChangeTheAnswer() throws {
    let reference = try Interpreter(SampleModels.chain(.abs, .neg))
    let candidate = try Interpreter(SampleModels.chain(.relu, .neg))
    let comparison = try AccuracyComparison(reference: reference, candidate: candidate)
    let first = try SampleSet.random(for: reference.model, count: 30, seed: 5)
    let second = try SampleSet.random(for: candidate.model, count: 30, seed: 5)
    let one = try comparison.run(first, second, runner: ParallelRunner(threadCount: 1))
    let four = try comparison.run(first, second, runner: ParallelRunner(threadCount: 4))
    #expect(one == four)
    let without = try comparison.run(first, second, layerSampleCount: 0)
    #expect(without.layers.isEmpty && without.outputs == one.outputs)
    #expect(one.reference == ComparisonResult.Accuracy(top1: nil, top5: nil))
  }

  @Test func modelsAndLabelsThatDoNotGoTogetherAreRefused() throws {
    let small = try Interpreter(SampleModels.chain(.abs, .neg))
    let large = try Interpreter(SampleModels.chain(.abs, .neg, dimensions: [1, 5]))
    let reason = "the reference takes 1×4, the candidate 1×5"
    #expect(throws: RunError.incomparable(reason)) {
      try AccuracyComparison(reference: small, candidate: large)
    }
    let same = try Interpreter(SampleModels.chain(.abs, .neg, dimensions: [1, 1, 4, 1]))
    _ = try AccuracyComparison(reference: small, candidate: same)
    let comparison = try AccuracyComparison(reference: small, candidate: small)
    let data = try SampleSet.random(for: small.model, count: 2, seed: 1)
    #expect(throws: RunError.data(.labelCount(file: "y", labels: 3, samples: 2))) {
      try comparison.run(data, data, labels: Labels([0, 0, 0], file: "y"))
    }
    let outside = "is 4; the model has 4 classes, 0 to 3"
    #expect(throws: RunError.data(.invalidLabel(file: "y", index: 1, reason: outside))) {
      try comparison.run(data, data, labels: Labels([0, 4], file: "y"))
    }
  }

  @Test func theResultIsStableJSON() throws {
    let interpreter = try Interpreter(SampleModels.chain(.abs, .neg))
    let comparison = try AccuracyComparison(reference: interpreter, candidate: interpreter)
    let data = try SampleSet.random(for: interpreter.model, count: 2, seed: 1)
    let result = try comparison.run(data, data, labels: Labels([0, 1], file: "y"), layerSampleCount: 0)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let top1 = result.reference.top1.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "null"
    let accuracy = "{\"top1\":\(top1),\"top5\":null}"
    let expected =
      "{\"agreement\":1,\"candidate\":\(accuracy),\"layers\":[],\"outputs\":[{\"differingBytes\":0,"
      + "\"maxDifference\":0,\"name\":\"y\",\"sqnrDb\":null}],\"reference\":\(accuracy),\"samples\":2}"
    #expect(String(decoding: try encoder.encode(result), as: UTF8.self) == expected)
  }
}

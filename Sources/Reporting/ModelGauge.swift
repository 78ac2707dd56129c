package import Execution
package import GraphIR
import MemoryPlanning
package import Passes

/// Measures models that come from one original: bytes, work, memory, accuracy.
package struct ModelGauge: Sendable {
  private let original: Model
  private let planner: DevicePlanner
  private let fileBytes: @Sendable (Model) throws -> Int
  private let test: TestData?

  /// What accuracy is judged on.
  package struct TestData: Sendable {
    /// The samples for a model's inputs, whose types may differ from the original's.
    package let samples: @Sendable (Model) throws -> SampleSet
    /// nil to judge by agreement with the original.
    package let labels: Labels?
    package let runner: ParallelRunner

    package init(
      samples: @escaping @Sendable (Model) throws -> SampleSet, labels: Labels?, runner: ParallelRunner
    ) {
      self.samples = samples
      self.labels = labels
      self.runner = runner
    }
  }

  /// - Parameters:
  ///   - fileBytes: the size of a model's file.
  ///   - test: nil where accuracy is not judged.
  package init(
    _ original: Model, planner: DevicePlanner, fileBytes: @escaping @Sendable (Model) throws -> Int,
    test: TestData?
  ) {
    self.original = original
    self.planner = planner
    self.fileBytes = fileBytes
    self.test = test
  }

  /// - Throws: where the model cannot be planned or run, or the data do not fit it.
  package func figures(of model: Model) throws -> ModelFigures {
    let summary = ModelSummary(model)
    let peak = try MemoryPlanner(model, searchOptions: planner.searchOptions).plan(.optimal)
    let device = try planner.devicePlan(for: model)
    let runsOnTFLM = device.stock.unknownOperators.isEmpty
    return ModelFigures(
      fileBytes: try fileBytes(model), parameters: summary.parameterCount,
      macs: summary.multiplyAccumulates, peakBytes: peak.peakBytes,
      arenaBytes: runsOnTFLM ? device.planned.smallestArenaBytes : peak.arenaBytes, top1: try top1(of: model))
  }

  private func top1(of model: Model) throws -> Double? {
    guard let test else { return nil }
    let comparison = try AccuracyComparison(
      reference: Interpreter(original), candidate: Interpreter(model))
    let result = try comparison.run(
      test.samples(original), test.samples(model), labels: test.labels, layerSampleCount: 0,
      runner: test.runner)
    return test.labels == nil ? result.agreement : result.candidate.top1
  }
}

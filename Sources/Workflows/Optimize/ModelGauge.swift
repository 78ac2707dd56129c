package import Datasets
package import Execution
package import GraphIR
import MemoryPlanning
package import Passes
package import Planning
import Runtimes
import Synchronization

/// Measures models that come from one original: bytes, work, memory, accuracy.
package struct ModelGauge: Sendable {
  private let original: Model
  private let planner: Planner<TFLMBuild>
  private let fileBytes: @Sendable (Model) throws -> Int
  private let test: TestData?
  private let reference = Reference()

  /// The original made ready to run, and what it answers; found once.
  private final class Reference: Sendable {
    let interpreter = Mutex<Interpreter?>(nil)
    let classes = Mutex<[Int?]?>(nil)
  }

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
    _ original: Model, planner: Planner<TFLMBuild>, fileBytes: @escaping @Sendable (Model) throws -> Int,
    test: TestData?
  ) {
    self.original = original
    self.planner = planner
    self.fileBytes = fileBytes
    self.test = test
  }

  /// - Parameter threadCount: threads to use at most; by default those of the test data's runner.
  /// - Throws: where the model cannot be planned or run, or the data do not fit it.
  package func figures(of model: Model, threadCount: Int? = nil) throws -> ModelFigures {
    let summary = ModelSummary(model)
    let (peakBytes, arenaBytes) = try memory(of: model)
    var figures = ModelFigures(
      fileBytes: try fileBytes(model), parameters: summary.parameterCount,
      macs: summary.multiplyAccumulates, peakBytes: peakBytes, arenaBytes: arenaBytes,
      top1: try top1(of: model, threadCount: threadCount))
    figures.codeBytes = CodeEstimate(model, kernels: planner.runtime.target.kernels).best
    return figures
  }

  /// For the runtime, which takes the file as it is; for the tensors alone where it has no kernel for an operator.
  private func memory(of model: Model) throws(PlanningError) -> (peakBytes: Int, arenaBytes: Int) {
    // Stripes are planned where they are made; to plan them again takes long and finds the same.
    let planned =
      StripeLoops(model) == nil ? try planner.plannedModel(for: model) : try planner.modelAsItIs(model)
    if planned.stock.unknownOperators.isEmpty {
      return (planned.plan.peakBytes, planned.stock.arenaBytes)
    }
    let ideal = try Planner(for: IdealRuntime(), effort: planner.effort).plan(model)
    return (ideal.peakBytes, ideal.arenaBytes)
  }

  private func top1(of model: Model, threadCount: Int?) throws -> Double? {
    guard let test else { return nil }
    let runner =
      threadCount.map { ParallelRunner(threadCount: $0, isSequence: test.runner.isSequence) } ?? test.runner
    let interpreter = try reference.interpreter.withLock { known in
      let interpreter = try known ?? Interpreter(original)
      known = interpreter
      return interpreter
    }
    let comparison = try AccuracyComparison(reference: interpreter, candidate: Interpreter(model))
    let samples = try test.samples(model)
    if let labels = test.labels { return try comparison.share(of: labels, samples, runner: runner) }
    let classes = try reference.classes.withLock { known in
      let classes = try known ?? comparison.referenceClasses(test.samples(original), runner: runner)
      known = classes
      return classes
    }
    return try classes.flatMap { try comparison.share(of: $0, samples, runner: runner) }
  }
}

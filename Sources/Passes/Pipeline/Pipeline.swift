package import GraphIR
import Planning
import Runtimes

/// Runs steps one after the other, judges the model behind each, and takes back what costs too much accuracy.
package struct Pipeline: Sendable {
  package let steps: [PipelineStep]
  /// How far the accuracy may drop below the original's, as a share; nil for no limit.
  package let maximumDrop: Double?
  /// Whether a step that cannot take the model ends the run with its error; without, it is recorded.
  package let isStrict: Bool

  package init(_ steps: [PipelineStep], maximumDrop: Double?, isStrict: Bool = true) {
    self.steps = steps
    self.maximumDrop = maximumDrop
    self.isStrict = isStrict
  }

  /// Why no step may change a model, as a clause: what its file promises would be lost; nil where steps may.
  package static func reasonAgainstChanges(of model: Model) -> String? {
    if EthosULayout(model) != nil { return EthosULayout.reasonAgainstChanges }
    return StripeLoops(model) == nil ? nil : StripeLoops.reasonAgainstChanges
  }

  package struct Result: Sendable {
    package let model: Model
    package let before: ModelFigures
    package let after: ModelFigures
    package let records: [PipelineRecord]
  }

  /// - Parameters:
  ///   - measure: a model's figures.
  ///   - progress: hears the name of each step when it begins.
  /// - Throws: what `measure` throws, and `PassError` of a step that cannot take the model or leaves it broken.
  package func run(
    on original: Model, measure: (Model) throws -> ModelFigures, progress: (String) -> Void = { _ in }
  ) throws -> Result {
    if let reason = Self.reasonAgainstChanges(of: original) {
      throw PassError(pass: "optimize", reason: reason)
    }
    progress("the model as it is")
    let before = try measure(original)
    var model = original
    var figures = before
    var records: [PipelineRecord] = []
    for step in steps {
      progress(step.name)
      let start = ContinuousClock.now
      let (outcome, log) = try run(step, on: &model, &figures, floor: floor(below: before), measure)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      records.append(
        PipelineRecord(name: step.name, outcome: outcome, log: log, figures: figures, seconds: seconds))
    }
    return Result(model: model, before: before, after: figures, records: records)
  }

  private func floor(below figures: ModelFigures) -> Double? {
    guard let maximumDrop, let top1 = figures.top1 else { return nil }
    return top1 - maximumDrop
  }

  private func run(
    _ step: PipelineStep, on model: inout Model, _ figures: inout ModelFigures, floor: Double?,
    _ measure: (Model) throws -> ModelFigures
  ) throws -> (PipelineRecord.Outcome, PassLog) {
    var attempts: [PipelineRecord.Attempt] = []
    var refusals = PassLog()
    for variant in step.variants {
      var candidate = model
      var log = PassLog()
      let change: PassChange
      do throws(PassError) { change = try variant.pass.run(on: &candidate, log: &log) } catch {
        if isStrict && attempts.isEmpty { throw error }
        guard !attempts.isEmpty else { return (.refused(error.description), log) }
        refusals.refused(step.name, error.place ?? "model", "\(variant.label): \(error.reason)")
        return (.rolledBack(tried: attempts), PassLog(refusalsOf: refusals))
      }
      guard change == .changed else { return (.unchanged, log) }
      let found = try measure(candidate)
      if let floor, let top1 = found.top1, top1 < floor {
        attempts.append(PipelineRecord.Attempt(label: variant.label, top1: top1))
        refusals = log
        continue
      }
      (model, figures) = (candidate, found)
      return (attempts.isEmpty ? .applied(variant.label) : .softened(variant.label, tried: attempts), log)
    }
    return (.rolledBack(tried: attempts), PassLog(refusalsOf: refusals))
  }
}

extension PassLog {
  /// The refusals of another log, without its edits: they were taken back.
  fileprivate init(refusalsOf other: PassLog) {
    self.init()
    for entry in other.refusals { refused(entry.rule, entry.place, entry.sentence) }
  }
}

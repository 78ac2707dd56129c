package import GraphIR
package import MemoryPlanning

/// The one gate before a planned model is written: it has given the same answers inside its arena.
package enum PlanGate {
  package enum Failure: Error, Equatable {
    case planning(PlanningError)
    /// The plan changes an answer, which is a bug of the planner.
    case differs(operator: String, sample: Int)
  }

  /// A planned model that may be written, and why overlaps were given up; nil where they were not.
  package typealias Passed = (planned: PlannedModel, giveUpReason: String?)

  /// Runs a planned model inside its arena, and without its plan.
  ///
  /// Where nnopt cannot run the model, it is planned again without overlaps: offsets of tensors that stand apart
  /// need no such proof.
  ///
  /// - Throws: `Failure.differs` where the plan changes an answer; `planning` where the model cannot be
  ///   planned without overlaps.
  package static func pass(
    _ planned: PlannedModel, of model: Model, by planner: Planner<TFLMBuild>, order: NamedOrder = .optimal,
    samples: Int = 2
  ) throws(Failure) -> Passed {
    guard planned.hasOffsets else { return (planned, nil) }
    switch PlanCheck.run(model, planned.plan, samples: samples) {
    case .same: return (planned, nil)
    case .differs(let name, let sample): throw .differs(operator: name, sample: sample)
    case .notRun(let reason):
      var plain = Planner(
        for: TFLMBuild(planner.runtime.target, safeOn: []), effort: planner.effort)
      do throws(PlanningError) {
        plain.states = planner.states
        return (try plain.plannedModel(for: model, order: order), reason)
      } catch {
        throw .planning(error)
      }
    }
  }
}

extension PlanGate.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .planning(let error): "\(error)"
    case .differs(let name, let sample):
      "inside the planned arena \(name) writes something else for random sample \(sample)"
    }
  }
}

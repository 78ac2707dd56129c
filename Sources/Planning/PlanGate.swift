package import GraphIR
package import MemoryPlanning

/// The one gate before a planned model is written: it has given the same answers inside its arena.
package enum PlanGate {
  package enum Failure: Error, Equatable {
    case planning(PlanningError)
    /// The plan changes an answer, which is a bug of the planner.
    case differs(operator: String, sample: Int)
    /// The plan lets tensors of loops share bytes while both are needed, which is a bug of the planner.
    case faulty(String)
  }

  /// A planned model that may be written, and why overlaps were given up; nil where they were not.
  package typealias Passed = (planned: PlannedModel, giveUpReason: String?)

  /// Runs a planned model inside its arena, and without its plan.
  ///
  /// Where nnopt cannot run the model, it is planned again without overlaps: offsets of tensors that stand apart
  /// need no such proof.
  ///
  /// - Throws: `Failure.differs` where the plan changes an answer, `faulty` where it does so for some input;
  ///   `planning` where the model cannot be planned without overlaps.
  package static func pass(
    _ planned: PlannedModel, of model: Model, by planner: Planner<TFLMBuild>, order: NamedOrder = .optimal,
    samples: Int = 2
  ) throws(Failure) -> Passed {
    guard planned.hasOffsets else { return (planned, nil) }
    // What tensors that stay in place may share is chosen apart from the placement, and random samples do not show all.
    if LoopSlot.mayBe(in: model), let fault = try fault(of: planned, planner.runtime) {
      throw .faulty(fault)
    }
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

extension PlanGate {
  private static func fault(of planned: PlannedModel, _ runtime: TFLMBuild) throws(Failure) -> String? {
    do throws(PlanningError) { return try runtime.faultOfOffsets(in: planned.model) } catch {
      throw .planning(error)
    }
  }
}

extension PlanGate.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .planning(let error): "\(error)"
    case .differs(let name, let sample):
      "inside the planned arena \(name) writes something else for random sample \(sample)"
    case .faulty(let fault): fault
    }
  }
}

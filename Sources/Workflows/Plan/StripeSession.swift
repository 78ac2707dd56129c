package import GraphIR
import MemoryPlanning
package import Passes
package import Planning

/// Looks for stripes in a model, and takes them only where they give the same answers.
package struct StripeSession: Sendable {
  private let choice: RuntimeChoice
  private let effort: PlanningEffort
  private let options: StripeSearch.Options

  package init(choice: RuntimeChoice, effort: PlanningEffort, options: StripeSearch.Options) {
    self.choice = choice
    self.effort = effort
    self.options = options
  }

  package struct Outcome: Sendable {
    /// The model with its loops; as it came where there are none.
    package let model: Model
    package let report: StripeReport
    /// Plans of the model that are made already.
    package let known: [KnownPlan]
  }

  /// - Throws: `PlanFailure` where the model cannot be planned, or stripes change an answer, which is a bug.
  package func run(_ model: Model, path: String) throws(PlanFailure) -> Outcome {
    let found: StripeOutcome
    do throws(StripeFailure) {
      found = try StripeSearch(Planner(for: choice.build, effort: effort), options).checked(model)
    } catch {
      if case .planning(let error) = error { throw PlanFailure(path: path, failure: .planning(error)) }
      throw PlanFailure(path: path, message: "\(path): \(error)")
    }
    return Outcome(
      model: found.best?.model ?? model, report: StripeReport(found, workLimit: options.extraWork),
      known: found.best?.known ?? [])
  }
}

extension PlanBounds {
  /// The largest arena that meets the board and `--fail-over`; nil where neither is given.
  package var fittingArenaBytes: Int? {
    let room = board.flatMap { _ in fit(arenaBytes: 0)?.availableBytes }
    return [room, arenaBytes].compactMap(\.self).min()
  }
}

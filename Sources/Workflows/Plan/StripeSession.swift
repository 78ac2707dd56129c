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
  }

  /// - Throws: `PlanFailure` where the model cannot be planned, or stripes change an answer, which is a bug.
  package func run(_ model: Model, path: String) throws(PlanFailure) -> Outcome {
    let found: StripeOutcome
    do throws(PlanningError) {
      found = try StripeSearch(Planner(for: choice.build, effort: effort), options).search(
        model)
    } catch {
      throw PlanFailure(path: path, failure: .planning(error))
    }
    guard let best = found.best else {
      return Outcome(model: model, report: StripeReport(found, workLimit: options.extraWork))
    }
    switch StripeCheck.run(model, best.model) {
    case .same: break
    case .differs(let sample):
      throw PlanFailure(
        path: path,
        message: "\(path): with stripes the answers to random sample \(sample) differ. This is a bug in nnopt"
      )
    case .notRun(let reason):
      let report = StripeReport(
        found, workLimit: options.extraWork,
        reason: "nnopt cannot run the model to check them: \(reason)")
      return Outcome(model: model, report: report)
    }
    return Outcome(model: best.model, report: StripeReport(found, workLimit: options.extraWork))
  }
}

extension PlanBounds {
  /// The largest arena that meets the board and `--fail-over`; nil where neither is given.
  package var fittingArenaBytes: Int? {
    let room = board.flatMap { _ in fit(arenaBytes: 0)?.availableBytes }
    return [room, arenaBytes].compactMap(\.self).min()
  }
}

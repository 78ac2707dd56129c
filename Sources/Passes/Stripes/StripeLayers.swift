package import GraphIR
package import MemoryPlanning
package import Planning
import Runtimes

/// Computes runs of layers a few rows at a time, where that makes the arena smaller, and plans the result; no answer
/// changes.
package struct StripeLayers: Pass {
  package static let name = "stripes"

  private let search: StripeSearch

  package init(_ planner: Planner<TFLMBuild>, _ options: StripeSearch.Options = .init()) {
    search = StripeSearch(planner, options)
  }

  /// - Throws: `PassError` where the model cannot be planned, or stripes change an answer, which is a bug.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    let outcome: StripeOutcome
    do throws(StripeFailure) { outcome = try search.checked(model) } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
    guard let best = outcome.best else {
      return log.refused(Self.name, "model", outcome.reason ?? "no stripes make the arena smaller")
    }
    for run in best.runs {
      log.edited(
        Self.name, "\(run.first) to \(run.last)",
        "computed in \(run.turns) turns of \(run.rowsPerTurn) \(run.rowsPerTurn == 1 ? "row" : "rows")")
    }
    for split in best.splits {
      log.edited(
        Self.name, "\(split.first) to \(split.last)",
        "channels computed in \(split.parts) parts, one after the other")
    }
    let (before, after) = (outcome.whole.charge, best.planned.charge)
    let part = (Double(best.extraWork) / Double(max(best.work, 1)) * 1000).rounded() / 10
    let needed =
      OperatorArrivals.month(in: best.model).map {
        "; the file needs TFLM of \($0) or later, for \(OperatorArrivals.latest(in: best.model).joined(separator: ", "))"
      } ?? ""
    log.edited(
      Self.name, "model",
      "head \(before.headBytes) B → \(after.headBytes) B, tail \(before.tailBytes) B → \(after.tailBytes) B, for \(part) % "
        + "more multiply-accumulates\(needed)"
    )
    // Without its plan a striped model takes more than a whole one.
    do throws(PlanGate.Failure) {
      model = try PlanGate.pass(best.planned, of: best.model, by: search.planner).planned.model
    } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
  }
}

/// Why stripes cannot be looked for in a model.
package enum StripeFailure: Error, Sendable, Equatable, CustomStringConvertible {
  case planning(PlanningError)
  /// They change an answer.
  case differs(sample: Int)

  package var description: String {
    switch self {
    case .planning(let error): "\(error)"
    case .differs(let sample):
      "with stripes the answers to random sample \(sample) differ. This is a bug in nnopt"
    }
  }
}

extension StripeSearch {
  /// What stripes do for a model, where they give the same answers; none where nnopt cannot run the model.
  ///
  /// - Throws: `StripeFailure` where the model cannot be planned, or stripes change an answer.
  package func checked(_ model: Model) throws(StripeFailure) -> StripeOutcome {
    var outcome: StripeOutcome
    do throws(PlanningError) { outcome = try search(model) } catch { throw .planning(error) }
    guard let best = outcome.best else { return outcome }
    switch StripeCheck.run(model, best.model) {
    case .same: break
    case .differs(let sample): throw .differs(sample: sample)
    case .notRun(let reason): outcome.drop(because: "nnopt cannot run the model to check them: \(reason)")
    }
    return outcome
  }
}

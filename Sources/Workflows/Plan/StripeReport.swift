package import Passes
import Runtimes

/// What computing layers a few rows at a time does for a model.
package struct StripeReport: Sendable {
  /// What TFLM takes for the model as it came.
  package let stockArenaBytes: Int
  /// What TFLM takes for the model without stripes, in the best order that was found.
  package let wholeHeadBytes: Int
  package let wholeArenaBytes: Int
  /// What it takes with them; as without where there are none.
  package let headBytes: Int
  package let arenaBytes: Int
  package let runs: [StripedModel.Run]
  /// Layers whose channels are computed in parts.
  package let splits: [StripedModel.Split]
  /// Multiply-accumulates of the model, and those that the loops add.
  package let work: Int
  package let extraWork: Int
  /// The limit of extra work, in parts of the model's.
  package let workLimit: Double
  /// All choices that were planned.
  package let tried: [StripeOutcome.Point]
  /// Why there are no stripes, as a clause; nil where there are some.
  package let reason: String?

  /// The month of the first TFLM that runs the striped file; nil for any.
  package let neededRelease: String?
  /// The operators for which it must be that new, by name.
  package let neededFor: [String]
  /// Bytes below which no stripes bring the head: the model's ports, and maps that stand whole whatever is striped.
  package let headLowerBoundBytes: Int

  package var extraPart: Double { work > 0 ? Double(extraWork) / Double(work) : 0 }

  init(_ outcome: StripeOutcome, workLimit: Double) {
    let best = outcome.best
    let charge = best?.planned.charge ?? outcome.whole.charge
    stockArenaBytes = outcome.whole.stock.arenaBytes
    wholeHeadBytes = outcome.whole.charge.headBytes
    wholeArenaBytes = outcome.whole.charge.arenaBytes
    headBytes = charge.headBytes
    arenaBytes = charge.arenaBytes
    runs = best?.runs ?? []
    splits = best?.splits ?? []
    neededRelease = best.flatMap { OperatorArrivals.month(in: $0.model) }
    neededFor = best.map { OperatorArrivals.latest(in: $0.model) } ?? []
    headLowerBoundBytes = outcome.headLowerBoundBytes
    work = outcome.work
    extraWork = best?.extraWork ?? 0
    self.workLimit = workLimit
    tried = outcome.tried
    reason = outcome.reason
  }
}

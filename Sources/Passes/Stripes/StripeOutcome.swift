package import GraphIR
import MemoryPlanning
package import Planning

/// What stripes do for a model.
package struct StripeOutcome: Sendable {
  /// The model without stripes.
  package private(set) var whole: PlannedModel
  /// nil where no stripes make the arena smaller.
  package internal(set) var best: StripedModel?
  /// All choices that were planned, by falling extra work.
  package internal(set) var tried: [Point] = []
  /// Why there are no stripes, as a clause.
  package internal(set) var reason: String?
  /// Multiply-accumulates of the model; 0 where nothing was looked for.
  package internal(set) var work = 0
  /// Bytes below which no stripes bring the head; 0 where nothing was looked for.
  package internal(set) var headLowerBoundBytes = 0
  /// Whether stripes were looked for.
  private(set) var isOpen = true

  package struct Point: Sendable, Equatable {
    package let arenaBytes: Int
    package let headBytes: Int
    package let extraWork: Int
    package let runCount: Int
  }

  init(whole: PlannedModel) { self.whole = whole }

  /// The outcome where there was nothing to look for.
  func closed(_ reason: String) -> StripeOutcome {
    var outcome = self
    (outcome.isOpen, outcome.reason) = (false, reason)
    return outcome
  }

  /// Bytes of the arena, multiply-accumulates that are added, and about the time of all turns, as if it were such work.
  typealias Figures = (bytes: Int, work: Int, time: Int)

  /// Notes stripes that were planned, and takes them where they are the best so far.
  mutating func note(
    _ striped: StripedModel, isBetter: (_ one: Figures, _ other: Figures) -> Bool
  ) {
    let point = Point(striped)
    if !tried.contains(point) { tried.append(point) }
    guard point.arenaBytes < whole.charge.arenaBytes,
      best.map({ isBetter(striped.figures, $0.figures) }) ?? true
    else { return }
    best = striped
  }

  /// Takes a plan without stripes that was made for a runtime which allows less, where that is better on this one.
  mutating func adopt(
    whole other: PlannedModel, by runtime: TFLMBuild, of model: Model
  ) throws(PlanningError) {
    let charged = try other.charged(by: runtime, of: model)
    if charged.charge.arenaBytes < whole.charge.arenaBytes { whole = charged }
  }

  /// Gives the stripes up.
  mutating func drop(because reason: String) {
    best = nil
    self.reason = reason
  }
}

extension StripeOutcome.Point {
  init(_ striped: StripedModel) {
    self.init(
      arenaBytes: striped.planned.charge.arenaBytes, headBytes: striped.planned.charge.headBytes,
      extraWork: striped.extraWork, runCount: striped.runs.count)
  }
}

/// A model with loops over stripes, and its plan.
package struct StripedModel: Sendable {
  /// The model before its plan is written down.
  package let model: Model
  package private(set) var planned: PlannedModel
  package let runs: [Run]
  /// Layers whose channels are computed in parts, one after the other.
  package let splits: [Split]
  /// Multiply-accumulates of the model as it came, and what the loops add.
  package let work: Int
  package let extraWork: Int
  /// By what it is told apart from what else was made of the same model.
  let key: String
  /// Plans of it that are made already.
  package internal(set) var known: [KnownPlan] = []

  var figures: StripeOutcome.Figures {
    (
      planned.charge.arenaBytes, extraWork,
      extraWork + runs.reduce(0) { $0 + $1.turns * $1.operatorCount * Self.workOfTurn }
    )
  }

  /// What an operator costs in a turn beside its multiply-accumulates, in such.
  private static let workOfTurn = 1_000

  /// The same with another plan.
  func with(_ planned: PlannedModel) -> StripedModel {
    var result = self
    result.planned = planned
    return result
  }

  /// Layers whose channels do not mix.
  package struct Split: Sendable, Equatable {
    package let first: String
    package let last: String
    package let parts: Int
  }

  /// A run of layers that became a loop.
  package struct Run: Sendable, Equatable {
    /// The first operator and the last, such as `operator 2 (CONV_2D)`, by the numbers that they had.
    package let first: String
    package let last: String
    package let operatorCount: Int
    package let rowsPerTurn: Int
    package let turns: Int
    package let extraWork: Int
    package let estimatedBytes: Int
    /// Maps of which rows are kept from turn to turn.
    package let keptMaps: Int
    package let isResultOnSource: Bool
    /// Whether images are cut into columns, not rows.
    package let isByColumns: Bool
    /// What stands in the way of a longer run behind it, as a clause.
    package let end: String
  }
}

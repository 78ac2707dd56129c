package import GraphIR
package import MemoryPlanning
import Operators
package import Planning
import Striping
import Tensors

/// Looks for the runs of layers that make the arena smallest when they are computed a few rows at a time.
package struct StripeSearch: Sendable {
  package struct Options: Sendable, Equatable {
    /// Multiply-accumulates that may be added, in parts of the model's.
    package var extraWork: Double
    /// An arena that is small enough: then the least extra work counts.
    package var fittingBytes: Int?
    /// Choices of runs that are written and planned.
    package var planCount: Int

    package init(extraWork: Double = 0.05, fittingBytes: Int? = nil, planCount: Int = 12) {
      self.extraWork = extraWork
      self.fittingBytes = fittingBytes
      self.planCount = planCount
    }
  }

  package let planner: Planner<TFLMBuild>
  package let options: Options

  package init(_ planner: Planner<TFLMBuild>, _ options: Options = Options()) {
    self.planner = planner
    self.options = options
  }

  /// What stripes do for a model.
  ///
  /// - Throws: `PlanningError` where the model cannot be planned.
  package func search(_ model: Model) throws(PlanningError) -> StripeOutcome {
    let whole = try planner.plannedModel(for: model)
    var outcome = StripeOutcome(whole: whole)
    if StripeLoops(model) != nil {
      outcome.reason = "the model has loops over stripes already"
      return outcome
    }
    if let limit = options.fittingBytes, whole.charge.arenaBytes <= limit {
      outcome.reason = "the model fits without them"
      return outcome
    }
    var base = model.withDataInside
    _ = ReorderOperators.apply(whole.plan.orders, to: &base)
    _ = base.removeUnused()
    let graph = base.graphs[0]
    let live = whole.plan.steps.filter { $0.graph == GraphID(0) }.map(\.liveBytes)
    guard live.count == graph.nodes.count else {
      outcome.reason = "the model calls its main graph"
      return outcome
    }
    let place = StripePlace(graph, live: live)
    outcome.work = place.work
    let limit = Int(Double(place.work) * options.extraWork)
    let choices = StripeChoice(live: live, candidates: place.candidates(workLimit: limit), workLimit: limit)
      .choices(atMost: options.planCount)
    var quick = planner
    quick.effort.slotRounds = min(Self.quickRounds, planner.effort.slotRounds)
    let first = try choices.map { chosen throws(PlanningError) in
      try plan(chosen, into: base, place, quick)
    }
    let ranks = first.indices.sorted { isBetter(first[$0], than: first[$1]) }
    for (number, striped) in first.enumerated() {
      let isPromising = ranks.prefix(Self.finalists).contains(number)
      let best = isPromising ? try plan(choices[number], into: base, place, planner) : striped
      outcome.tried.append(StripeOutcome.Point(best))
      if best.planned.charge.arenaBytes < whole.charge.arenaBytes,
        outcome.best.map({ isBetter(best, than: $0) }) ?? true
      {
        outcome.best = best
      }
    }
    if outcome.best == nil { outcome.reason = place.reason(workLimit: limit) }
    return outcome
  }

  /// Sequences of blocks that are tried for each choice at first, and how many choices are then planned well.
  private static let quickRounds = 150
  private static let finalists = 3

  private func isBetter(_ one: StripedModel, than other: StripedModel) -> Bool {
    let (bytes, least) = (one.planned.charge.arenaBytes, other.planned.charge.arenaBytes)
    guard let limit = options.fittingBytes, bytes <= limit else { return bytes < least }
    return least > limit || (one.extraWork, bytes) < (other.extraWork, least)
  }

  private func plan(
    _ chosen: [StripeCandidate], into base: Model, _ place: StripePlace, _ planner: Planner<TFLMBuild>
  ) throws(PlanningError) -> StripedModel {
    var model = base
    for (number, candidate) in chosen.enumerated().reversed() {
      StripeWriter.write(
        candidate.striped, candidate.plan, candidate.source, named: "stripes/\(number)", into: &model)
    }
    StripeWriter.dropUnused(in: &model)
    return StripedModel(
      model: model, planned: try planner.plannedModel(for: model), runs: chosen.map(place.summary),
      work: place.work, extraWork: chosen.reduce(0) { $0 + $1.extraWork })
  }
}

/// What stripes do for a model.
package struct StripeOutcome: Sendable {
  /// The model without stripes.
  package let whole: PlannedModel
  /// nil where no stripes make the arena smaller.
  package fileprivate(set) var best: StripedModel?
  /// All choices that were planned, by falling extra work.
  package fileprivate(set) var tried: [Point] = []
  /// Why there are no stripes, as a clause.
  package fileprivate(set) var reason: String?
  /// Multiply-accumulates of the model; 0 where nothing was looked for.
  package fileprivate(set) var work = 0

  package struct Point: Sendable, Equatable {
    package let arenaBytes: Int
    package let headBytes: Int
    package let extraWork: Int
    package let runCount: Int
  }

  fileprivate init(whole: PlannedModel) { self.whole = whole }

  /// Gives the stripes up.
  mutating func drop(because reason: String) {
    best = nil
    self.reason = reason
  }
}

extension StripeOutcome.Point {
  fileprivate init(_ striped: StripedModel) {
    self.init(
      arenaBytes: striped.planned.charge.arenaBytes, headBytes: striped.planned.charge.headBytes,
      extraWork: striped.extraWork, runCount: striped.runs.count)
  }
}

/// A model with loops over stripes, and its plan.
package struct StripedModel: Sendable {
  /// The model before its plan is written down.
  package let model: Model
  package let planned: PlannedModel
  package let runs: [Run]
  /// Multiply-accumulates of the model as it came, and what the loops add.
  package let work: Int
  package let extraWork: Int

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
    /// What stands in the way of a longer run behind it, as a clause.
    package let end: String
  }
}

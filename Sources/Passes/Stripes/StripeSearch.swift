import Execution
package import GraphIR
package import MemoryPlanning
import Operators
package import Planning
import Runtimes
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
    /// The month, such as `2025-11`, before which the TFLM was made that is to run the file; nil for one of today.
    package var runtimeBefore: String?

    /// Whether TFLM lacks DYNAMIC_UPDATE_SLICE.
    var avoidsUpdates: Bool {
      runtimeBefore.map { $0 <= OperatorArrivals.month(of: OperatorCode(.dynamicUpdateSlice)) ?? "" } ?? false
    }

    /// nil for as many as the machine has processors.
    package var threadCount: Int?

    package init(
      extraWork: Double = 0.05, fittingBytes: Int? = nil, planCount: Int = 12, runtimeBefore: String? = nil
    ) {
      self.runtimeBefore = runtimeBefore
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
  /// What is found for a target that allows less, for a lower limit of extra work, or at less effort, is found here, too:
  /// more freedom is never worse.
  ///
  /// - Throws: `PlanningError` where the model cannot be planned.
  package func search(_ model: Model) throws(PlanningError) -> StripeOutcome {
    let memo = StripeMemo()
    var outcome = try search(model, memo)
    guard outcome.isOpen else { return outcome }
    var models = [outcome.best].compactMap(\.self)
    for build in planner.runtime.stricterOnStripes {
      let other = try StripeSearch(Planner(for: build, effort: planner.effort), options).search(model, memo)
      try outcome.adopt(whole: other.whole, by: planner.runtime, of: model)
      guard let found = other.best, !models.contains(where: { $0.key == found.key }) else { continue }
      models.append(found.with(try found.planned.charged(by: planner.runtime, of: found.model)))
    }
    let least = models.map(\.planned.charge.arenaBytes).min() ?? 0
    outcome.best = nil
    let most = options.fittingBytes == nil ? least + least / 8 : .max
    for striped in models where striped.planned.charge.arenaBytes <= most {
      // With the plans of those who allow less among its own.
      let known = try Planner.shared(
        [planner], of: striped.model, .optimal, knowing: memo.plans[striped.key] ?? [])
      var own = striped.with(try planner.knowing(known).plannedModel(for: striped.model))
      own.known = known
      outcome.note(own) { isBetter($0, than: $1) }
    }
    if outcome.best != nil { outcome.reason = nil }
    return outcome
  }

  /// What stripes do for a model on this target alone.
  private func search(_ model: Model, _ memo: StripeMemo) throws(PlanningError) -> StripeOutcome {
    var outcome = StripeOutcome(whole: try planner.plannedModel(for: model))
    if StripeLoops(model) != nil {
      return outcome.closed("the model has loops over stripes already")
    }
    if let limit = options.fittingBytes, outcome.whole.charge.arenaBytes <= limit {
      return outcome.closed("the model fits without them")
    }
    var found: [PlannedTrial] = []
    var (bases, places) = ([StripeBase](), [StripePlace]())
    for whole in [outcome.whole] + (try otherWholes(model)) {
      let base = StripeBase(model, whole)
      guard base.live.count == base.model.graphs[0].nodes.count else {
        return outcome.closed("the model calls its main graph")
      }
      guard !bases.contains(where: { $0.live == base.live && $0.titles == base.titles }) else { continue }
      bases.append(base)
      let pool = memo.pool(base, options)
      places.append(pool.place)
      found += pool.promising(Self.promisingTrials).map { PlannedTrial(trial: $0, base: base.model) }
    }
    outcome.work = places[0].work
    outcome.headLowerBoundBytes = places[0].leastHeadBytes
    try finish(&found, memo)
    for striped in found.compactMap(\.striped) { outcome.note(striped) { isBetter($0, than: $1) } }
    if outcome.best == nil { outcome.reason = places[0].reason(StripePool.limits(places[0], options)) }
    return outcome
  }

  /// The model without stripes in other orders: as less effort plans it, since what is found there is found here, too; as
  /// it came and depth first, in which nodes follow each other that the best order takes apart.
  private func otherWholes(_ model: Model) throws(PlanningError) -> [PlannedModel] {
    var wholes: [PlannedModel] = []
    for level in PlanningEffort.Level.allCases {
      let effort = PlanningEffort(level)
      guard effort.slotRounds < planner.effort.slotRounds else { continue }
      wholes.append(try Planner(for: planner.runtime, effort: effort).plannedModel(for: model))
    }
    let quick = Planner(for: planner.runtime, effort: PlanningEffort(.quick))
    for order in [NamedOrder.file, .depthFirst] {
      wholes.append(try quick.plannedModel(for: model, order: order))
    }
    return wholes
  }

  /// Plans promising trials quickly, and the best of them well, until no other can be expected to be better.
  private func finish(_ found: inout [PlannedTrial], _ memo: StripeMemo) throws(PlanningError) {
    var quick = planner
    quick.effort.slotRounds = min(Self.quickRounds, planner.effort.slotRounds)
    let (all, own) = (found, quick)
    let striped = try ParallelRunner(threadCount: options.threadCount).map(
      count: found.count, makeWorker: {},
      body: { _, number throws(PlanningError) in try plan(all[number].trial, into: all[number].base, own) })
    for (number, striped) in zip(found.indices, striped) { found[number].take(striped) }
    // As with estimates: among those that any limit lets in with a trial, so that the limit does not matter.
    for number in found.indices {
      let before = found.indices.count { other in
        found[other].trial.entry <= found[number].trial.entry
          && (found[other].arenaBytes, other) < (found[number].arenaBytes, number)
      }
      found[number].isHopeful = before < Self.hopefulTrials
    }
    if let limit = options.fittingBytes {
      try finish(
        &found, memo, order: { ($0.trial.extraWork, $0.arenaBytes) },
        isWorthwhile: { trial, found in
          let least = found.filter { $0.arenaBytes <= limit }.map(\.trial.extraWork).min()
          return trial.leastBytes <= limit && (least.map { trial.trial.extraWork <= $0 } ?? true)
        })
      if found.contains(where: { $0.arenaBytes <= limit }) { return }
    }
    try finish(
      &found, memo, order: { ($0.arenaBytes, $0.trial.extraWork) },
      isWorthwhile: { trial, found in
        trial.leastBytes < found.filter(\.isFinished).map(\.arenaBytes).min() ?? .max
      })
  }

  /// - Parameter isWorthwhile: whether a trial may be better than all that was found.
  private func finish(
    _ found: inout [PlannedTrial], _ memo: StripeMemo, order: (PlannedTrial) -> (Int, Int),
    isWorthwhile: (PlannedTrial, [PlannedTrial]) -> Bool
  ) throws(PlanningError) {
    let waiting = found.indices.filter { found[$0].isHopeful && !found[$0].isFinished }
      .sorted { order(found[$0]) == order(found[$1]) ? $0 < $1 : order(found[$0]) < order(found[$1]) }
    for number in waiting where isWorthwhile(found[number], found) {
      let striped = try plan(found[number].trial, into: found[number].base, planner)
      memo.note(
        KnownPlan(demands: try planner.runtime.demands(of: striped.model), plan: striped.planned.plan),
        of: striped)
      found[number].isFinished = true
      found[number].take(striped)
    }
  }

  /// Sequences of blocks that are tried for each choice at first; choices that are planned so, and well, of those that
  /// take no more work.
  private static let quickRounds = 200
  private static let promisingTrials = 8
  private static let hopefulTrials = 3

  private func isBetter(_ one: StripeOutcome.Figures, than other: StripeOutcome.Figures) -> Bool {
    guard let limit = options.fittingBytes, one.bytes <= limit else {
      return (one.bytes, one.time) < (other.bytes, other.time)
    }
    return other.bytes > limit || (one.work, one.bytes, one.time) < (other.work, other.bytes, other.time)
  }

  private func plan(
    _ trial: StripeTrial, into base: Model, _ planner: Planner<TFLMBuild>
  ) throws(PlanningError) -> StripedModel {
    let (chosen, place) = (trial.chosen, trial.place)
    var model = base
    if !place.splits.isEmpty { model.replace(GraphID(0), with: place.graph) }
    for (number, candidate) in chosen.enumerated().reversed() {
      StripeWriter.write(candidate, named: "stripes/\(number)", into: &model)
    }
    StripeWriter.dropUnused(in: &model)
    return StripedModel(
      model: model, planned: try planner.plannedModel(for: model, alone: true),
      runs: chosen.map(place.summary), splits: place.splits,
      work: place.work, extraWork: trial.extraWork, key: trial.key)
  }
}

/// A trial while it is planned, better each time.
private struct PlannedTrial: Sendable {
  let trial: StripeTrial
  /// The model that it is written into.
  let base: Model
  private(set) var striped: StripedModel?
  /// Whether it is worth to be planned well, at any limit of extra work that lets it be tried.
  var isHopeful = false
  var isFinished = false

  init(trial: StripeTrial, base: Model) { (self.trial, self.base) = (trial, base) }

  var arenaBytes: Int { striped?.planned.charge.arenaBytes ?? .max }

  /// Bytes below which a good plan is not expected to come.
  var leastBytes: Int {
    guard let charge = striped?.planned.charge else { return 0 }
    return charge.arenaBytes - max(charge.headBytes / 20, charge.headBytes - trial.bytes)
  }

  mutating func take(_ other: StripedModel) {
    if other.planned.charge.arenaBytes < arenaBytes { striped = other }
  }
}

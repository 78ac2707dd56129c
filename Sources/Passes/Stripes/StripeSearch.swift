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
    let limits = StripeCandidate.Limits(
      extraWork: Int(Double(place.work) * options.extraWork), avoidsUpdates: options.avoidsUpdates)
    var trials = self.trials(place, limits, options.planCount)
    addSplits(to: &trials, limits)
    var found = try plan(trials, base)
    try finish(&found, base, &outcome)
    if outcome.best == nil { outcome.reason = place.reason(limits) }
    return outcome
  }

  /// A choice of runs, and the graph that they are runs of.
  private struct Trial: Sendable {
    let place: StripePlace
    let chosen: [StripeCandidate]

    /// The most bytes that are estimated to be in use in a loop or between loops.
    var bytes: Int {
      let outside = place.live.indices.filter { node in !chosen.contains { $0.nodes.contains(node) } }
      return max(chosen.map(\.bytes).max() ?? 0, outside.map { place.live[$0] }.max() ?? 0)
    }
  }

  /// A choice that was planned.
  private struct Planned: Sendable {
    let trial: Trial
    var striped: StripedModel

    /// Bytes that good planning is expected to need: a quick plan's tail, and a head as estimated or as planned.
    var expectedBytes: Int {
      striped.planned.charge.tailBytes + min(striped.planned.charge.headBytes, trial.bytes)
    }
  }

  /// What is promising in a graph, by estimates.
  private func trials(_ place: StripePlace, _ limits: StripeCandidate.Limits, _ count: Int) -> [Trial] {
    var candidates = place.candidates(limits)
    func choices(_ count: Int) -> [[StripeCandidate]] {
      StripeChoice(live: place.live, candidates: candidates, workLimit: limits.extraWork).choices(
        atMost: count)
    }
    candidates += choices(Self.finalists).flatMap { $0 }.flatMap { $0.refined(in: place.graph, limits) }
    var all = choices(count)
    all += all.prefix(Self.finalists).compactMap { unmasked($0, in: place.graph, limits) }
    return all.map { Trial(place: place, chosen: $0) }
  }

  /// A choice with all rows of padding written, which takes less tail; nil where they are.
  private func unmasked(
    _ chosen: [StripeCandidate], in graph: Graph, _ limits: StripeCandidate.Limits
  ) -> [StripeCandidate]? {
    guard !limits.avoidsUpdates, chosen.contains(where: { $0.form.isMasked.contains(true) }) else {
      return nil
    }
    return chosen.map { $0.unmasked(in: graph) }
  }

  /// Adds choices with layers in parts, by channel: those at which a loop uses most bytes, as long as that helps.
  private func addSplits(to trials: inout [Trial], _ limits: StripeCandidate.Limits) {
    guard var best = trials.min(by: { $0.bytes < $1.bytes }) else { return }
    while let peak = best.chosen.max(by: { $0.bytes < $1.bytes }), peak.bytes == best.bytes {
      let place = best.place
      var isHelping = false
      for parts in 2...4 {
        guard let split = place.splitting(at: peak.peakNode, parts: parts) else { return }
        let own = self.trials(split, limits, Self.splitPlans)
        guard let first = own.min(by: { $0.bytes < $1.bytes }), first.bytes * 256 < best.bytes * 255 else {
          break
        }
        trials += own
        (best, isHelping) = (first, true)
      }
      guard isHelping else { return }
    }
  }

  private func plan(_ trials: [Trial], _ base: Model) throws(PlanningError) -> [Planned] {
    var quick = planner
    quick.effort.slotRounds = min(Self.quickRounds, planner.effort.slotRounds)
    let own = quick
    return try ParallelRunner(threadCount: options.threadCount).map(
      count: trials.count, makeWorker: {},
      body: { _, number throws(PlanningError) in
        let trial = trials[number]
        return Planned(trial: trial, striped: try plan(trial.chosen, into: base, trial.place, own))
      })
  }

  /// Plans the most promising choices well, and takes the best of all.
  private func finish(
    _ found: inout [Planned], _ base: Model, _ outcome: inout StripeOutcome
  ) throws(PlanningError) {
    let ranks = found.indices.sorted {
      isBetter(
        (found[$0].expectedBytes, found[$0].striped.extraWork),
        than: (found[$1].expectedBytes, found[$1].striped.extraWork))
    }
    let finalists = Array(ranks.prefix(Self.finalists))
    let all = found
    let planned = try ParallelRunner(threadCount: options.threadCount).map(
      count: finalists.count, makeWorker: {},
      body: { _, number throws(PlanningError) in
        let trial = all[finalists[number]].trial
        return try plan(trial.chosen, into: base, trial.place, planner)
      })
    for (number, striped) in zip(finalists, planned) { found[number].striped = striped }
    for striped in found.map(\.striped) {
      outcome.tried.append(StripeOutcome.Point(striped))
      let (bytes, work) = (striped.planned.charge.arenaBytes, striped.extraWork)
      guard bytes < outcome.whole.charge.arenaBytes,
        outcome.best.map({ isBetter((bytes, work), than: ($0.planned.charge.arenaBytes, $0.extraWork)) })
          ?? true
      else { continue }
      outcome.best = striped
    }
  }

  /// Choices that are planned for a graph with layers in parts.
  private static let splitPlans = 2
  /// Sequences of blocks that are tried for each choice at first, and how many choices are then planned well.
  private static let quickRounds = 150
  private static let finalists = 4

  private func isBetter(_ one: (bytes: Int, work: Int), than other: (bytes: Int, work: Int)) -> Bool {
    guard let limit = options.fittingBytes, one.bytes <= limit else { return one.bytes < other.bytes }
    return other.bytes > limit || (one.work, one.bytes) < (other.work, other.bytes)
  }

  private func plan(
    _ chosen: [StripeCandidate], into base: Model, _ place: StripePlace, _ planner: Planner<TFLMBuild>
  ) throws(PlanningError) -> StripedModel {
    var model = base
    if !place.splits.isEmpty { model.replace(GraphID(0), with: place.graph) }
    for (number, candidate) in chosen.enumerated().reversed() {
      StripeWriter.write(candidate, named: "stripes/\(number)", into: &model)
    }
    StripeWriter.dropUnused(in: &model)
    return StripedModel(
      model: model, planned: try planner.plannedModel(for: model), runs: chosen.map(place.summary),
      splits: place.splits,
      work: place.work, extraWork: chosen.reduce(0) { $0 + $1.extraWork })
  }
}

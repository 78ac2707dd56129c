import GraphIR
import Planning
import Tensors

/// A choice of runs, and the graph that they are runs of.
struct StripeTrial: Sendable {
  let place: StripePlace
  let chosen: [StripeCandidate]
  /// The least limit of extra work at which it is tried.
  var entry = 0

  /// The most bytes that are estimated to be in use in a loop or between loops.
  var bytes: Int {
    let outside = place.live.indices.filter { node in !chosen.contains { $0.nodes.contains(node) } }
    return max(chosen.map(\.bytes).max() ?? 0, outside.map { place.live[$0] }.max() ?? 0)
  }

  var extraWork: Int { chosen.reduce(0) { $0 + $1.extraWork } }

  /// About the arena, but for what all trials have in common.
  var cost: Int { bytes + chosen.reduce(0) { $0 + $1.tailBytes } }

  var key: String { place.key + chosen.map(\.key).joined(separator: "|") }
}

/// A model in the order of a plan without stripes.
struct StripeBase {
  let model: Model
  /// Bytes in use at each of the main graph's nodes.
  let live: [Int]
  let titles: [String]

  init(_ model: Model, _ whole: PlannedModel) {
    var base = model.withDataInside
    _ = ReorderOperators.apply(whole.plan.orders, to: &base)
    _ = base.removeUnused()
    let graph = base.graphs[0]
    self.model = base
    live = whole.plan.steps.filter { $0.graph == GraphID(0) }.map(\.liveBytes)
    titles = graph.nodes.indices.map { graph.title(of: NodeID($0)) + " \(graph.nodes[$0].outputs)" }
  }
}

/// What searches for several targets need: candidates of graphs, which are the same for every target whose plan has the
/// same order, and plans of striped models.
final class StripeMemo {
  private(set) var plans: [String: [KnownPlan]] = [:]
  private var pools: [String: StripePool] = [:]
  private var splits: [String: (place: StripePlace?, origins: [Int])] = [:]
  private var candidates: [String: [StripeCandidate]] = [:]
  private var refined: [String: [StripeCandidate]] = [:]

  func candidates(of place: StripePlace, _ limits: StripeCandidate.Limits) -> [StripeCandidate] {
    let key = "\(limits) \(place.key)"
    if let known = candidates[key] { return known }
    let found = place.candidates(limits)
    candidates[key] = found
    return found
  }

  /// The pool of a base; one for all targets for which as many bytes are in use at each node.
  func pool(_ base: StripeBase, _ options: StripeSearch.Options) -> StripePool {
    let key = "\(base.titles) \(base.live)"
    if let known = pools[key] { return known }
    let pool = StripePool(base, options, self)
    pools[key] = pool
    return pool
  }

  /// A place with layers in parts; nil where they cannot be.
  func split(_ place: StripePlace, at node: Int, parts: Int) -> StripePlace? {
    let key = "\(place.key) \(node) \(parts)"
    if let known = splits[key] {
      return known.place.map { $0.with(live: known.origins.map { place.live[$0] }) }
    }
    let found = place.splitting(at: node, parts: parts)
    splits[key] = (found?.place, found?.origins ?? [])
    return found?.place
  }

  func note(_ plan: KnownPlan, of striped: StripedModel) { plans[striped.key, default: []].append(plan) }

  func refined(
    _ candidate: StripeCandidate, in place: StripePlace, _ limits: StripeCandidate.Limits, downTo least: Int
  ) -> [StripeCandidate] {
    let key = "\(limits) \(least) \(place.key) \(candidate.key)"
    if let known = refined[key] { return known }
    let found = candidate.refined(in: place.graph, limits, downTo: least)
    refined[key] = found
    return found
  }
}

/// The choices of runs that are tried for a model, by estimates.
///
/// They are looked for at a ladder of limits of extra work, up to the first that is not below the limit, so that a larger
/// limit has every choice of a smaller one.
struct StripePool {
  let place: StripePlace
  private(set) var trials: [StripeTrial] = []
  private let options: StripeSearch.Options
  private unowned let memo: StripeMemo
  /// The first limit of the ladder that is not below the limit.
  private let ceiling: StripeCandidate.Limits

  init(_ base: StripeBase, _ options: StripeSearch.Options, _ memo: StripeMemo) {
    place = StripePlace(base.model.graphs[0], live: base.live, order: base.titles)
    self.options = options
    self.memo = memo
    let most = Self.limits(place, options).extraWork
    let steps = Self.ladder.map { [work = place.work] in Self.work(work, $0) }
    ceiling = StripeCandidate.Limits(
      extraWork: steps.first { $0 >= most } ?? .max, avoidsUpdates: options.avoidsUpdates)
    var seen: Set<String> = []
    var below = -1
    for step in steps {
      let limits = StripeCandidate.Limits(extraWork: step, avoidsUpdates: options.avoidsUpdates)
      for var trial in trials(limits) where trial.extraWork <= most && seen.insert(trial.key).inserted {
        trial.entry = max(trial.extraWork, below + 1)
        trials.append(trial)
      }
      below = limits.extraWork
      if below >= most { break }
    }
  }

  /// Trials that few others are expected to be better than, of those that any limit lets in with them.
  func promising(_ count: Int) -> [StripeTrial] {
    let ranks = trials.map { ($0.cost, $0.extraWork) }
    return trials.indices.filter { number in
      trials.indices.count { other in
        trials[other].entry <= trials[number].entry
          && (ranks[other] < ranks[number] || ranks[other] == ranks[number] && other < number)
      } < count
    }.map { trials[$0] }
  }

  /// Limits of extra work, in parts of the model's.
  private static let ladder = [0.01, 0.03, 0.05, 0.15, 0.3, 1, .infinity]

  static func limits(_ place: StripePlace, _ options: StripeSearch.Options) -> StripeCandidate.Limits {
    StripeCandidate.Limits(
      extraWork: work(place.work, options.extraWork), avoidsUpdates: options.avoidsUpdates)
  }

  private static func work(_ all: Int, _ part: Double) -> Int {
    Int(exactly: (Double(all) * part).rounded(.down)) ?? .max
  }

  /// What is promising at a limit.
  private func trials(_ limits: StripeCandidate.Limits) -> [StripeTrial] {
    var found = trials(place, limits, options.planCount)
    addSplits(to: &found, limits)
    return found
  }

  /// What is promising in a graph, by estimates.
  private func trials(
    _ place: StripePlace, _ limits: StripeCandidate.Limits, _ count: Int
  ) -> [StripeTrial] {
    var candidates = memo.candidates(of: place, ceiling).filter { $0.extraWork <= limits.extraWork }
    func choices(_ count: Int) -> [[StripeCandidate]] {
      StripeChoice(live: place.live, candidates: candidates, workLimit: limits.extraWork).choices(
        atMost: count)
    }
    candidates += choices(Self.refinedChoices).flatMap { choice in
      choice.flatMap { candidate in
        memo.refined(candidate, in: place, limits, downTo: elsewhere(than: candidate, choice, place))
      }
    }
    var all = choices(count)
    let first = all.prefix(Self.refinedChoices)
    all += first.compactMap { unmasked($0, in: place.graph, limits) }
    all += first.compactMap { lean($0, place, limits) }
    all += first.compactMap { slower($0, candidates, place, limits) }
    return all.map { StripeTrial(place: place, chosen: $0) }
  }

  /// The most bytes in use outside of one of a choice's runs.
  private func elsewhere(
    than candidate: StripeCandidate, _ choice: [StripeCandidate], _ place: StripePlace
  ) -> Int {
    let others = choice.filter { $0.nodes != candidate.nodes }
    return StripeTrial(place: place.without(candidate.nodes), chosen: others).bytes
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

  /// A choice with every run as it takes the least with its tail; nil where it does so already.
  private func lean(
    _ chosen: [StripeCandidate], _ place: StripePlace, _ limits: StripeCandidate.Limits
  ) -> [StripeCandidate]? {
    var left = limits
    left.extraWork = limits.extraWork - chosen.reduce(0) { $0 + $1.extraWork }
    let lean = chosen.map { candidate in
      var own = left
      own.extraWork = candidate.extraWork + left.extraWork / chosen.count
      let least = elsewhere(than: candidate, chosen, place)
      return memo.refined(candidate, in: place, own, downTo: least).min {
        max($0.bytes, least) + $0.tailBytes < max($1.bytes, least) + $1.tailBytes
      } ?? candidate
    }
    return lean.map(\.key) == chosen.map(\.key) ? nil : lean
  }

  /// A choice with as few turns as the bytes that are in use anyway let its runs have; nil where they have them.
  private func slower(
    _ chosen: [StripeCandidate], _ candidates: [StripeCandidate], _ place: StripePlace,
    _ limits: StripeCandidate.Limits
  ) -> [StripeCandidate]? {
    let most = StripeTrial(place: place, chosen: chosen).bytes
    var work = chosen.reduce(0) { $0 + $1.extraWork }
    var isOther = false
    let slower = chosen.map { candidate -> StripeCandidate in
      let rest = work - candidate.extraWork
      let others = candidates.filter { other in
        other.nodes == candidate.nodes && other.bytes <= most && other.plan.turns < candidate.plan.turns
          && other.extraWork <= limits.extraWork - rest && other.tailBytes <= candidate.tailBytes
      }
      guard let best = others.min(by: { ($0.plan.turns, $0.bytes) < ($1.plan.turns, $1.bytes) }) else {
        return candidate
      }
      (work, isOther) = (rest + best.extraWork, true)
      return best
    }
    return isOther ? slower : nil
  }

  /// Adds choices with layers in parts, by channel: those at which a loop uses most bytes, as long as that helps.
  private func addSplits(to trials: inout [StripeTrial], _ limits: StripeCandidate.Limits) {
    guard var best = trials.min(by: { $0.bytes < $1.bytes }) else { return }
    while let peak = best.chosen.max(by: { $0.bytes < $1.bytes }), peak.bytes == best.bytes {
      let place = best.place
      var isHelping = false
      for parts in 2...4 {
        guard let split = memo.split(place, at: peak.peakNode, parts: parts) else { return }
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

  /// Choices that are planned for a graph with layers in parts, and those whose runs are refined.
  private static let splitPlans = 2
  private static let refinedChoices = 4
}

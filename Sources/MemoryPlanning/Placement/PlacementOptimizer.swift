/// The smallest arena that was found, and how good it provably is.
package struct OptimizedPlacement: Sendable, Equatable {
  package let placement: Placement
  /// No placement needs a smaller arena than this, in bytes.
  package let lowerBound: Int
  /// Nodes of the exact search; 0 where a greedy placement already met the bound.
  package let nodes: Int

  /// Whether no placement can be smaller.
  package var isProved: Bool { placement.arenaBytes == lowerBound }

  /// The smaller of two placements of one problem, with what both prove.
  func merged(with other: OptimizedPlacement) -> OptimizedPlacement {
    let best = other.placement.arenaBytes < placement.arenaBytes ? other.placement : placement
    return OptimizedPlacement(
      placement: best, lowerBound: min(max(lowerBound, other.lowerBound), best.arenaBytes),
      nodes: nodes + other.nodes)
  }
}

extension PlacementProblem {
  /// Finds offsets for the smallest arena that the effort allows.
  ///
  /// A quick look comes first, and the whole effort only where that proves nothing: a larger effort never gives a larger
  /// arena. Placements without overlaps are placements too, so that overlaps never make an arena larger.
  ///
  /// - Parameter goal: an arena size that is good enough, in bytes.
  package func optimizedPlacement(effort: PlacementEffort = PlacementEffort(), goal: Int = 0)
    -> OptimizedPlacement
  {
    var best: OptimizedPlacement?
    for step in effort.steps {
      let result = optimizedPlacement(within: step, goal: max(goal, best?.lowerBound ?? 0))
      best = best.map { $0.merged(with: result) } ?? result
      if let best, best.isProved || best.placement.arenaBytes <= goal { break }
    }
    return best ?? optimizedPlacement(within: effort, goal: goal)
  }

  private func optimizedPlacement(within effort: PlacementEffort, goal: Int) -> OptimizedPlacement {
    let free = freePlacement(effort: effort, goal: goal)
    let enough = max(goal, free.lowerBound)
    guard !overlaps.isEmpty, free.placement.arenaBytes > enough else { return free }
    let plain = PlacementProblem(unchecked: buffers, overlaps: [])
    // Where fixed offsets overlap as allowed, there is no placement without overlaps.
    if hasFixedOffsets, plain.fixedOverlap != nil { return free }
    let apart = plain.freePlacement(effort: effort, goal: enough)
    return free.merged(
      with: OptimizedPlacement(placement: apart.placement, lowerBound: 0, nodes: apart.nodes))
  }

  private func freePlacement(effort: PlacementEffort, goal: Int) -> OptimizedPlacement {
    let bound = lowerBound
    guard effort.ideas.contains(.mergedEquals), let (merged, group) = mergedEquals else {
      return optimizedApart(bound: bound, effort: effort, goal: goal)
    }
    let one = merged.freePlacement(effort: effort, goal: max(goal, bound))
    let together = OptimizedPlacement(
      placement: placement(group.map { one.placement.offsets[$0] }),
      lowerBound: min(bound, one.placement.arenaBytes), nodes: one.nodes)
    if together.placement.arenaBytes <= max(goal, bound) || effort.searchNodes == 0 { return together }
    return together.merged(with: optimizedApart(bound: bound, effort: effort, goal: goal))
  }

  /// Places buffers that may have one address at different ones, or by chance at one.
  private func optimizedApart(bound: Int, effort: PlacementEffort, goal: Int) -> OptimizedPlacement {
    let goal = max(goal, bound)
    var best = placement(inSequence: Array(buffers.indices))
    var bestStrategy = GreedyStrategy.size
    let strategies = effort.ideas.contains(.greedy) ? GreedyStrategy.allCases : []
    for strategy in strategies where best.arenaBytes > goal {
      let candidate = greedyPlacement(by: strategy)
      if candidate.arenaBytes < best.arenaBytes { (best, bestStrategy) = (candidate, strategy) }
    }
    if best.arenaBytes > goal, effort.ideas.contains(.climb), !hasFixedOffsets {
      let rounds = effort.climbPlacements / max(buffers.count, 1) / 2
      var climb = SequenceClimb(self)
      for strategy in [bestStrategy, .end] where best.arenaBytes > goal {
        let candidate = climb.run(from: sequence(by: strategy), rounds: rounds, goal: goal)
        if candidate.arenaBytes < best.arenaBytes { best = candidate }
      }
    }
    guard best.arenaBytes > goal, isSearchable(effort) else {
      return OptimizedPlacement(placement: best, lowerBound: bound, nodes: 0)
    }
    let window = windowBound(above: bound, below: best.arenaBytes, effort: effort)
    let start = OptimizedPlacement(placement: best, lowerBound: window.bytes, nodes: window.nodes)
    guard best.arenaBytes > max(goal, start.lowerBound) else { return start }
    let pressed = start.merged(
      with: pressedPlacement(
        from: best, bound: start.lowerBound, goal: max(goal, start.lowerBound), effort: effort))
    let enough = max(goal, pressed.lowerBound)
    guard pressed.placement.arenaBytes > enough else { return pressed }
    return pressed.merged(
      with: searchedPlacement(
        from: pressed.placement, bound: pressed.lowerBound, goal: enough, effort: effort))
  }

  private func searchedPlacement(
    from greedy: Placement, bound: Int, goal: Int, effort: PlacementEffort
  ) -> OptimizedPlacement {
    var offsets = greedy.offsets
    var nodes = 0
    var proved = bound
    for part in effort.ideas.contains(.independentParts) ? independentParts : [Array(buffers.indices)] {
      let problem = subproblem(part)
      let current = problem.placement(part.map { offsets[$0] })
      guard current.arenaBytes > max(goal, proved) else { continue }
      let result = problem.searchedPart(from: current, bound: max(goal, proved), effort: effort)
      nodes += result.nodes
      for (position, index) in part.enumerated() { offsets[index] = result.placement.offsets[position] }
      proved = max(proved, result.lowerBound)
    }
    let best = placement(offsets)
    let lowerBound = proved > goal ? proved : best.arenaBytes == bound ? best.arenaBytes : bound
    return OptimizedPlacement(placement: best, lowerBound: min(lowerBound, best.arenaBytes), nodes: nodes)
  }

  /// Buffers up to which offsets that were not proved are looked for by rising offset too: it finds others.
  private static let risingLimit = 256

  /// Nodes from which a search is no mere look.
  private static let risingNodes = 4_000

  /// Tries to reach the bound with every ranking, and then to be better step by step.
  private func searchedPart(from greedy: Placement, bound: Int, effort: PlacementEffort) -> OptimizedPlacement
  {
    let isPlain = overlaps.isEmpty && !hasFixedOffsets
    if isPlain, effort.ideas.contains(.valleys) {
      return valleyPlacement(from: greedy, bound: bound, effort: effort)
    }
    if !isPlain, effort.ideas.contains(.orientations),
      let oriented = orientedPlacement(from: greedy, bound: bound, effort: effort)
    {
      guard !oriented.isProved, !hasFixedOffsets, effort.searchNodes >= Self.risingNodes,
        buffers.count <= Self.risingLimit
      else { return oriented }
      var short = effort
      short.searchNodes = max(Self.risingNodes / 2, effort.searchNodes / 200)
      return oriented.merged(
        with: risingPlacement(from: oriented.placement, bound: oriented.lowerBound, effort: short))
    }
    return hasFixedOffsets
      ? OptimizedPlacement(placement: greedy, lowerBound: bound, nodes: 0)
      : risingPlacement(from: greedy, bound: bound, effort: effort)
  }

  var hasFixedOffsets: Bool { buffers.contains { $0.fixedOffset != nil } }

  private func isSearchable(_ effort: PlacementEffort) -> Bool {
    effort.searchNodes > 0 && (effort.ideas.contains(.orientations) || !hasFixedOffsets)
  }

  /// Places by rising offset; a node looks at all buffers, so that many of them are not searched this way.
  private func risingPlacement(from greedy: Placement, bound: Int, effort: PlacementEffort)
    -> OptimizedPlacement
  {
    guard buffers.count <= 2_000 else {
      return OptimizedPlacement(placement: greedy, lowerBound: bound, nodes: 0)
    }
    let nodeBudget = effort.searchNodes * 64 / max(buffers.count, 64)
    var nodes = 0
    var isBoundReachable = true
    let portfolio = effort.ideas.contains(.portfolio) ? Self.portfolio : []
    for (share, ranking) in portfolio where isBoundReachable {
      var search = PlacementSearch(
        self, ranking: ranking, nodeBudget: nodeBudget / share, ideas: effort.ideas)
      let outcome = search.run(below: bound + 1)
      nodes += search.nodes
      if case .found = outcome {
        return OptimizedPlacement(placement: placement(search.offsets), lowerBound: bound, nodes: nodes)
      }
      if case .impossible = outcome { isBoundReachable = false }
    }
    var best = greedy
    var search = PlacementSearch(self, nodeBudget: nodeBudget / 4, ideas: effort.ideas)
    var outcome = PlacementSearch.Outcome.found
    while case .found = outcome {
      outcome = search.run(below: best.arenaBytes)
      if case .found = outcome { best = placement(search.offsets) }
    }
    let isEverythingSearched = !overlaps.contains { $0.condition == .equal }
    let isExhausted = if case .impossible = outcome { isEverythingSearched } else { false }
    return OptimizedPlacement(
      placement: best, lowerBound: isExhausted ? best.arenaBytes : bound, nodes: nodes + search.nodes)
  }

  /// Rankings for reaching the bound, with the share of the budget that each gets: short tries of all first.
  private static var portfolio: [(share: Int, ranking: PlacementSearch.Ranking)] {
    PlacementSearch.Ranking.allCases.map { (64, $0) } + PlacementSearch.Ranking.allCases.map { (8, $0) }
  }

  /// Buffers by stretches of time between which nothing is live, in time order.
  private var independentParts: [[Int]] {
    var parts: [[Int]] = []
    var end = Int.min
    for index in buffers.indices.sorted(by: { (buffers[$0].lower, $0) < (buffers[$1].lower, $1) }) {
      if parts.isEmpty || buffers[index].lower >= end { parts.append([]) }
      parts[parts.count - 1].append(index)
      end = max(end, buffers[index].upper)
    }
    return parts
  }

  /// The problem of some of the buffers, in the given sequence, with the overlaps among them.
  func subproblem(_ part: [Int]) -> PlacementProblem {
    var number: [Int: Int] = [:]
    for (position, index) in part.enumerated() { number[index] = position }
    let inner = overlaps.compactMap { overlap -> AllowedOverlap? in
      guard let first = number[overlap.first], let second = number[overlap.second] else { return nil }
      return AllowedOverlap(first: first, second: second, overlap.condition)
    }
    return PlacementProblem(unchecked: part.map { buffers[$0] }, overlaps: inner)
  }
}

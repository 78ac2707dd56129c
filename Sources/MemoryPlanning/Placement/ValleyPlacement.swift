import Tensors

extension PlacementProblem {
  /// Tries to reach the bound with every ranking in turn, and then to be better step by step.
  ///
  /// - Precondition: the problem has no overlaps and no fixed offsets.
  func valleyPlacement(from greedy: Placement, bound: Int, effort: PlacementEffort) -> OptimizedPlacement {
    let solid = buffers.indices.filter { buffers[$0].size > 0 }
    var search = ValleySearch(
      PlacementProblem(unchecked: solid.map { buffers[$0] }, overlaps: []), ideas: effort.ideas)
    let rankings = effort.ideas.contains(.portfolio) ? ValleySearch.Ranking.allCases : [.life]
    var best = greedy
    var proved = bound
    var limit = bound
    var end = max(effort.searchNodes * 3 / 4, 1)
    for phase in 0..<2 where effort.searchNodes > 0 {
      let unit = max(64, 2 * solid.count)
      var share = unit
      var turn = 0
      while best.arenaBytes > proved, limit < best.arenaBytes, search.nodes < end {
        search.rank(by: rankings[turn % rankings.count], round: turn / rankings.count)
        let outcome = search.run(within: limit, nodeBudget: min(share, end - search.nodes))
        switch outcome {
        case .found:
          var offsets = greedy.offsets
          for (position, index) in solid.enumerated() { offsets[index] = search.offsets[position] }
          best = placement(offsets)
          if phase > 0 { limit = best.arenaBytes - 1 }
        case .impossible:
          proved = max(proved, limit + 1)
          limit = best.arenaBytes - 1
          (share, turn) = (unit, 0)
        case .budgetSpent:
          turn += 1
          share = unit * Self.share(ofRound: turn / rankings.count, ideas: effort.ideas)
        }
        if proved >= best.arenaBytes { break }
      }
      end = effort.searchNodes
      limit = best.arenaBytes - 1
    }
    return OptimizedPlacement(
      placement: best, lowerBound: min(proved, best.arenaBytes), nodes: search.nodes)
  }
  /// How much longer than the first a round of rankings is: Luby, Sinclair & Zuckerman, "Optimal speedup of Las Vegas
  /// algorithms" (1993), twice over.
  private static func share(ofRound round: Int, ideas: PlacementIdeas) -> Int {
    guard ideas.contains(.restarts) else { return 1 << min(round, 40) }
    return round == 0 ? 1 : 2 * luby(round + 1)
  }

  /// 1, 1, 2, 1, 1, 2, 4, … from 1 on.
  private static func luby(_ number: Int) -> Int {
    var number = number
    while true {
      let bits = Int.bitWidth - number.leadingZeroBitCount
      if number == (1 << bits) - 1 { return 1 << (bits - 1) }
      number -= (1 << (bits - 1)) - 1
    }
  }
}

extension ValleySearch {
  /// Which buffers come first among those that could stand at one place.
  enum Ranking: CaseIterable {
    /// The longest-lived, then the largest.
    case life
    /// The largest product of size and lifetime.
    case area
    /// Those in the fullest section, then the longest-lived.
    case load
    /// The largest.
    case size
  }

  /// - Parameter round: from 1 on, keys are up to a quarter larger by chance.
  mutating func rank(by ranking: Ranking, round: Int = 0) {
    var random = SeededRandom(seed: UInt64(round))
    let isVaried = ideas.contains(.restarts) && round > 0
    let keys = size.indices.map { index in
      let length = sections.last[index] - sections.first[index]
      let load = (sections.first[index]..<sections.last[index]).reduce(0) { max($0, unplacedBytes[$1]) }
      let factor = isVaried ? 256 + random.next(below: 64) : 256
      func vary(_ key: Int) -> Int { key.saturatingMultiply(factor) }
      switch ranking {
      case .life: return (vary(length), size[index], 0)
      case .area: return (vary(size[index].saturatingMultiply(length)), length, 0)
      case .load: return (load, vary(length), size[index])
      case .size: return (vary(size[index]), length, 0)
      }
    }
    let sequence = size.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] > keys[$1] }
    for (position, index) in sequence.enumerated() { rank[index] = position }
  }
}

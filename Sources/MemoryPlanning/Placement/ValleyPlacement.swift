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
      var share = max(64, 2 * solid.count)
      var turn = 0
      while best.arenaBytes > proved, limit < best.arenaBytes, search.nodes < end {
        search.rank(by: rankings[turn % rankings.count])
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
          (share, turn) = (max(64, 2 * solid.count), 0)
        case .budgetSpent:
          turn += 1
          if turn % rankings.count == 0 { share = share.saturatingMultiply(2) }
        }
        if proved >= best.arenaBytes { break }
      }
      end = effort.searchNodes
      limit = best.arenaBytes - 1
    }
    return OptimizedPlacement(
      placement: best, lowerBound: min(proved, best.arenaBytes), nodes: search.nodes)
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

  mutating func rank(by ranking: Ranking) {
    restore(to: 0)
    let keys = size.indices.map { index in
      let length = sections.last[index] - sections.first[index]
      let load = (sections.first[index]..<sections.last[index]).reduce(0) { max($0, unplacedBytes[$1]) }
      switch ranking {
      case .life: return (length, size[index], 0)
      case .area: return (size[index].saturatingMultiply(length), length, 0)
      case .load: return (load, length, size[index])
      case .size: return (size[index], length, 0)
      }
    }
    let sequence = size.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] > keys[$1] }
    for (position, index) in sequence.enumerated() { rank[index] = position }
  }
}

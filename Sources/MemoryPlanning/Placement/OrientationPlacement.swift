extension PlacementProblem {
  /// Halves the distance between what is proved and what is found, step by step, by the orientations of pairs.
  ///
  /// - Parameter bound: no placement below it is wanted.
  /// - Returns: nil where too many pairs are live together.
  func orientedPlacement(
    from greedy: Placement, bound: Int, effort: PlacementEffort
  ) -> OptimizedPlacement? {
    let ordersEquals = effort.ideas.contains(.equalBuffers)
    guard var search = OrientationSearch(self, near: greedy.offsets, ordersEquals: ordersEquals) else {
      return nil
    }
    let budget = effort.searchNodes * Self.orientationWorkPerNode
    var best = greedy
    var proved = bound
    // Limits below were tried and neither reached nor ruled out.
    var open = bound
    var target = bound
    while proved < best.arenaBytes, search.work < budget {
      let isLast = open >= best.arenaBytes
      let left = budget - search.work
      switch search.run(within: target, workBudget: isLast ? left : left / 4) {
      case .found: best = placement(search.offsets)
      case .impossible:
        open = max(open, target + 1)
        proved = target + 1
      case .budgetSpent: open = target + 1
      }
      target = open >= best.arenaBytes ? best.arenaBytes - 1 : (open + best.arenaBytes - 1) / 2
    }
    return OptimizedPlacement(
      placement: best, lowerBound: min(proved, best.arenaBytes), nodes: search.nodes)
  }

  /// Steps of propagation that count as one node.
  private static var orientationWorkPerNode: Int { 200 }

  /// Buffers that can stand in each other's place: as large, live together with the same others, free to move and apart
  /// from all.
  ///
  /// - Returns: for each of them the next one by offset.
  func equals(_ conflicts: [[Int]], by offsets: [Int]) -> [Int: Int] {
    var groups: [[Int]: [Int]] = [:]
    for (index, buffer) in buffers.enumerated()
    where buffer.size > 0 && buffer.fixedOffset == nil && partners[index].isEmpty {
      // With itself, as the others have it.
      let together = (conflicts[index] + [index]).sorted()
      groups[[buffer.size, buffer.alignment] + together, default: []].append(index)
    }
    var next: [Int: Int] = [:]
    for group in groups.values where group.count > 1 {
      let byOffset = group.sorted { (offsets[$0], $0) < (offsets[$1], $1) }
      for (one, other) in zip(byOffset, byOffset.dropFirst()) { next[one] = other }
    }
    return next
  }
}

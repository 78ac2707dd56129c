extension PlacementProblem {
  /// Parts of the bound above which a time is crowded, the most crowded first.
  private static let crowdedParts = [(15, 16), (3, 4), (1, 2)]

  /// Crowded times are searched apart where they hold at most this part of the buffers, each with this part of the effort.
  private static let (fewBuffers, share) = (4, 8)

  /// Places the buffers of crowded times first, as well as a search of them alone can, and all others above or between them:
  /// few buffers decide how large an arena is, and a search of all spends its effort on the others.
  ///
  /// No placement is smaller than that of a part of the buffers: what is proved of these holds for all.
  ///
  /// - Parameters:
  ///   - bound: what no placement is below.
  ///   - goal: an arena that is small enough.
  func pressedPlacement(
    from greedy: Placement, bound: Int, goal: Int, effort: PlacementEffort
  ) -> OptimizedPlacement {
    var best = OptimizedPlacement(placement: greedy, lowerBound: bound, nodes: 0)
    guard effort.ideas.contains(.pressedFirst), !overlaps.isEmpty, !hasFixedOffsets else { return best }
    var inner = effort
    inner.ideas.remove(.pressedFirst)
    inner.searchNodes /= Self.share
    inner.climbPlacements /= Self.share
    var count = 0
    for (part, whole) in Self.crowdedParts where best.placement.arenaBytes > max(goal, best.lowerBound) {
      let pressed = buffersLive(whereMoreThan: bound - bound / whole * (whole - part))
      guard pressed.count > count, pressed.count <= buffers.count / Self.fewBuffers else { continue }
      count = pressed.count
      let found = subproblem(pressed).optimizedPlacement(effort: inner, goal: max(goal, best.lowerBound))
      var rest = best.placement
      if found.placement.arenaBytes < rest.arenaBytes {
        rest = placement(around: pressed, at: found.placement.offsets, found.lowerBound, effort: inner)
      }
      best = best.merged(
        with: OptimizedPlacement(placement: rest, lowerBound: found.lowerBound, nodes: found.nodes))
    }
    return best
  }

  /// Places all buffers behind some that are placed.
  private func placement(around placed: [Int], at offsets: [Int], _ goal: Int, effort: PlacementEffort)
    -> Placement
  {
    var climb = SequenceClimb(self)
    let rounds = effort.climbPlacements / max(buffers.count, 1)
    return climb.run(from: sequence(placed, at: offsets), rounds: rounds, goal: goal)
  }

  /// Placed buffers by rising offset, which brings each of them at least as low again, and behind them all others, the
  /// largest first.
  private func sequence(_ placed: [Int], at offsets: [Int]) -> [Int] {
    let first = placed.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }.map { placed[$0] }
    let isPlaced = Set(placed)
    return first + sequence(by: .size).filter { !isPlaced.contains($0) }
  }

  /// Buffers that are live while more than so many bytes are in use.
  private func buffersLive(whereMoreThan bytes: Int) -> [Int] {
    let stretches = stretches(whereMoreThan: bytes)
    return buffers.indices.filter { index in
      let buffer = buffers[index]
      let next = stretches.partitionPoint { $0.upperBound <= buffer.lower }
      return next < stretches.count && stretches[next].lowerBound < buffer.upper
    }
  }
}

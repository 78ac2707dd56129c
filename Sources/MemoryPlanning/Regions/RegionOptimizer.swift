/// The best assignment that was found, and how good it provably is.
package struct OptimizedRegions: Sendable, Equatable {
  package let assignment: RegionAssignment
  /// `RegionProblem.score` of the assignment.
  package let score: Int
  /// No assignment has a higher score than this.
  package let upperBound: Int
  /// States that the sweeps made.
  package let states: Int

  /// Whether no assignment has a higher score.
  package var isProved: Bool { score == upperBound }
}

extension RegionProblem {
  /// Looks for the assignment with the highest score.
  ///
  /// Sweeps over time choose regions by live bytes. Where a region's buffers have no placement within its
  /// capacity, the few of them that already have none are ruled out together, and the sweep is repeated
  /// (cuts as in Benders' decomposition, 1962). An assignment that takes buffers by falling value per byte is
  /// the answer where the effort does not suffice for a better one.
  ///
  /// - Returns: nil where no assignment was found.
  package func optimizedAssignment(effort: RegionEffort = RegionEffort()) -> OptimizedRegions? {
    if let everything = inFirstRegion(effort: effort) { return everything }
    var placer = RegionPlacer(self, effort: effort)
    let greedy = greedyAssignment(capacities: capacities)
    var best = greedy.map { (assignment: $0, score: score($0.regions)) }
    let remaining = RegionBound(self)
    var bound = remaining.remaining[0]
    var cuts: [RegionSweep.Cut] = []
    var states = 0
    let width = max(16, effort.states / 4 / max(values.count * capacities.count, 1))
    search: for _ in 0..<effort.sweeps where states < effort.states && best?.score != bound {
      let sweep = RegionSweep(
        self, cuts: cuts, width: width, knownScore: best?.score ?? -1, bound: remaining)
      states += sweep.states
      guard let regions = sweep.regions else {
        if sweep.isComplete, placer.isExact, let best { bound = min(bound, best.score) }
        break search
      }
      if sweep.isComplete, placer.isExact { bound = min(bound, sweep.score) }
      switch placer.place(regions) {
      case .placed(let offsets):
        best = (RegionAssignment(regions: regions, offsets: offsets), sweep.score)
        if sweep.isComplete { break search }
      case .impossible(let cut): cuts.append(cut)
      }
    }
    guard let best else { return nil }
    return OptimizedRegions(
      assignment: best.assignment, score: best.score, upperBound: max(bound, best.score), states: states)
  }

  /// All buffers in the first region, where nothing is pinned elsewhere and they can be placed there.
  private func inFirstRegion(effort: RegionEffort) -> OptimizedRegions? {
    guard pins.allSatisfy({ $0 ?? 0 == 0 }), arena.lowerBound <= capacities[0] else { return nil }
    var placed = arena.optimizedPlacement(effort: effort.placement)
    if placed.placement.arenaBytes > capacities[0] {
      placed = arena.optimizedPlacement(effort: effort.wholePlacement, goal: capacities[0])
    }
    guard placed.placement.arenaBytes <= capacities[0] else { return nil }
    let assignment = RegionAssignment(
      regions: values.map { _ in 0 }, offsets: placed.placement.offsets)
    let score = score(assignment.regions)
    return OptimizedRegions(assignment: assignment, score: score, upperBound: score, states: 0)
  }
}

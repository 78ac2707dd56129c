/// Gives the buffers of each region offsets, and finds out which of them are in each other's way.
struct RegionPlacer {
  enum Outcome {
    case placed(offsets: [Int])
    case impossible(RegionSweep.Cut)
  }

  /// Whether everything that was called impossible is proved to be.
  private(set) var isExact = true
  private let problem: RegionProblem
  private let effort: PlacementEffort
  private let thoroughEffort: PlacementEffort
  /// How often a region may still be placed with more effort.
  private var thoroughTries = 2

  init(_ problem: RegionProblem, effort: RegionEffort) {
    self.problem = problem
    self.effort = effort.placement
    thoroughEffort = effort.wholePlacement
  }

  /// - Parameter regions: region by buffer.
  mutating func place(_ regions: [Int]) -> Outcome {
    var offsets = [Int](repeating: 0, count: regions.count)
    for (region, capacity) in problem.capacities.enumerated() {
      let part = regions.indices.filter { regions[$0] == region }
      let subproblem = problem.arena.subproblem(part)
      var placed = subproblem.optimizedPlacement(effort: effort)
      if placed.placement.arenaBytes > capacity, placed.lowerBound <= capacity, thoroughTries > 0 {
        thoroughTries -= 1
        placed = subproblem.optimizedPlacement(effort: thoroughEffort, goal: capacity)
      }
      guard placed.placement.arenaBytes <= capacity else {
        return .impossible(cut(part, region, isProved: placed.lowerBound > capacity))
      }
      for (position, buffer) in part.enumerated() { offsets[buffer] = placed.placement.offsets[position] }
    }
    return .placed(offsets: offsets)
  }

  /// The buffers of the shortest time in which there is already no placement.
  private mutating func cut(_ part: [Int], _ region: Int, isProved: Bool) -> RegionSweep.Cut {
    if !isProved { isExact = false }
    let buffers = problem.arena.buffers
    let byStart = part.sorted { (buffers[$0].lower, $0) < (buffers[$1].lower, $1) }
    let early = Array(byStart.prefix(shortest(byStart, region, isProved)))
    let byEnd = early.sorted { (-buffers[$0].upper, $0) < (-buffers[$1].upper, $1) }
    let late = Array(byEnd.prefix(shortest(byEnd, region, isProved)))
    return RegionSweep.Cut(region: region, buffers: late.sorted())
  }

  /// How many buffers from the start of a sequence have no placement, by bisection.
  private func shortest(_ sequence: [Int], _ region: Int, _ isProved: Bool) -> Int {
    let effort = PlacementEffort(
      searchNodes: effort.searchNodes, climbPlacements: isProved ? 0 : effort.climbPlacements / 4)
    var (fits, fails) = (0, sequence.count)
    while fits + 1 < fails {
      let middle = (fits + fails) / 2
      let placed = problem.arena.subproblem(Array(sequence.prefix(middle)))
        .optimizedPlacement(effort: effort, goal: problem.capacities[region])
      let capacity = problem.capacities[region]
      let doesFail = isProved ? placed.lowerBound > capacity : placed.placement.arenaBytes > capacity
      if doesFail { fails = middle } else { fits = middle }
    }
    return fails
  }
}

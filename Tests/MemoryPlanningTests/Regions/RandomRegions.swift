import Tensors

@testable import MemoryPlanning

extension RegionEffort {
  /// Without the climb, which small problems do not need.
  static let small = RegionEffort(
    states: 10_000, sweeps: 6, placement: PlacementEffort(searchNodes: 2_000, climbPlacements: 0),
    wholePlacement: PlacementEffort(searchNodes: 4_000, climbPlacements: 0))
}

/// Random buffers, overlaps among some of them, and two or three tight regions.
func randomRegionProblem(
  buffers count: Int, regions: Int, maxSize: Int = 9, using generator: inout SeededRandom
) throws -> RegionProblem {
  let plain = try randomPlacementProblem(
    buffers: count, times: max(4, count / 2), maxSize: maxSize, using: &generator)
  var overlaps: [AllowedOverlap] = []
  for (first, written) in plain.buffers.enumerated() {
    for (second, read) in plain.buffers.enumerated()
    where first != second && read.upper == written.lower + 1 && read.lower < written.lower {
      guard Bool.random(using: &generator) else { continue }
      let distance = Int.random(in: 0...5, using: &generator)
      overlaps.append(AllowedOverlap(first: first, second: second, .startsBefore(distance)))
    }
  }
  let arena = try PlacementProblem(buffers: plain.buffers, overlaps: overlaps)
  let peak = arena.lowerBound
  return try RegionProblem(
    arena, values: (0..<count).map { _ in Int.random(in: 0...20, using: &generator) },
    pins: (0..<count).map { _ in Int.random(in: 0..<8, using: &generator) == 0 ? 0 : nil },
    capacities: (0..<regions).map { _ in Int.random(in: peak / 3...max(peak, 1), using: &generator) })
}

/// The highest score over all choices of regions whose buffers can be placed; nil where there is none.
func bruteForceScore(of problem: RegionProblem) -> Int? {
  let count = problem.values.count
  let arenas = (0..<(1 << count)).map { mask in
    problem.arena.subproblem((0..<count).filter { mask >> $0 & 1 == 1 })
      .optimizedPlacement(effort: PlacementEffort(climbPlacements: 0)).placement.arenaBytes
  }
  var best: Int?
  var masks = problem.capacities.map { _ in 0 }
  func choose(_ index: Int, score: Int) {
    guard index < count else {
      let fits = masks.indices.allSatisfy { arenas[masks[$0]] <= problem.capacities[$0] }
      if fits { best = max(best ?? 0, score) }
      return
    }
    for region in problem.capacities.indices where problem.pins[index] ?? region == region {
      masks[region] |= 1 << index
      choose(index + 1, score: score + problem.values[index] * (problem.capacities.count - 1 - region))
      masks[region] &= ~(1 << index)
    }
  }
  choose(0, score: 0)
  return best
}

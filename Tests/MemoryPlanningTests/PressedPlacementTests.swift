import Tensors
import Testing

@testable import MemoryPlanning

/// Few buffers in a crowd, and many for which there is room wherever they come.
@Suite struct PressedPlacementTests {
  /// A crowd of buffers that overlap, as a problem of its own, and with a tail of small buffers behind it.
  private func crowd(_ generator: inout SeededRandom) throws -> (
    alone: PlacementProblem, all: PlacementProblem
  ) {
    let drawn = try randomOverlapProblem(buffers: 14, equals: 0, using: &generator)
    // The last ones stay on into the tail.
    let end = drawn.buffers.map(\.upper).max() ?? 0
    let buffers = drawn.buffers.map {
      PlacementProblem.Buffer(
        size: $0.size * 64, lower: $0.lower, upper: $0.upper == end ? end + 60 : $0.upper)
    }
    let overlaps = drawn.overlaps.map { overlap -> AllowedOverlap in
      AllowedOverlap(first: overlap.first, second: overlap.second, .startsBefore(overlap.leastDistance * 64))
    }
    let alone = try PlacementProblem(buffers: buffers, overlaps: overlaps)
    let tail = (0..<600).map { index in
      let lower = end + index / 8
      let size = Int.random(in: 1...alone.lowerBound / 400, using: &generator)
      return PlacementProblem.Buffer(
        size: size, lower: lower, upper: lower + Int.random(in: 8...16, using: &generator))
    }
    return (alone, try PlacementProblem(buffers: buffers + tail, overlaps: overlaps))
  }

  private func solved(_ ideas: PlacementIdeas) throws -> (reached: Int, proved: Int) {
    var generator = SeededRandom(seed: 61)
    var (reached, proved) = (0, 0)
    for _ in 0..<12 {
      let (alone, all) = try crowd(&generator)
      let effort = PlacementEffort(searchNodes: 1_000, climbPlacements: 4_000, ideas: ideas)
      let best = alone.optimizedPlacement().placement.arenaBytes
      let result = all.optimizedPlacement(effort: effort)
      try all.validate(result.placement)
      #expect(result.lowerBound <= best)
      if result.placement.arenaBytes == best { reached += 1 }
      if result.isProved { proved += 1 }
    }
    return (reached, proved)
  }

  @Test func aTailCostsNothing() throws {
    let with = try solved(.all)
    #expect(with.reached >= 11)
    #expect(with.proved >= 10)
    let without = try solved(.all.subtracting(.pressedFirst))
    #expect(without.reached < with.reached && without.proved < with.proved)
  }

  @Test func stretchesAreThoseWithMoreBytes() throws {
    let sizes = [(4, 0, 3), (5, 2, 4), (1, 3, 8), (7, 6, 7), (7, 9, 10)]
    let problem = try PlacementProblem(
      buffers: sizes.map { PlacementProblem.Buffer(size: $0.0, lower: $0.1, upper: $0.2) })
    #expect(problem.stretches(whereMoreThan: 5) == [2..<4, 6..<7, 9..<10])
    #expect(problem.stretches(whereMoreThan: 9) == [])
    #expect(problem.stretches(whereMoreThan: 0) == [0..<8, 9..<10])
  }
}

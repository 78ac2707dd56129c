import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct OrientationSearchTests {
  private static let exact = PlacementIdeas.all.subtracting([.greedy, .climb])

  @Test func equalsExhaustiveSearch() throws {
    var generator = SeededRandom(seed: 91)
    var misses = 0
    for round in 0..<400 {
      let problem = try randomOverlapProblem(
        buffers: 2 + round % 4, equals: round % 3 * 40, using: &generator)
      let best = exhaustiveArena(of: problem)
      let ideas = [Self.exact, .all, Self.exact.subtracting(.mergedEquals)][round % 3]
      let result = problem.optimizedPlacement(effort: PlacementEffort(searchNodes: 20_000, ideas: ideas))
      try problem.validate(result.placement)
      #expect(result.placement.arenaBytes == best, "\(problem)")
      #expect(result.isProved, "\(problem)")
      if best > problem.lowerBound { misses += 1 }
    }
    #expect(misses > 10)
  }

  @Test func fixedOffsetsAreKept() throws {
    var generator = SeededRandom(seed: 92)
    for _ in 0..<200 {
      let problem = try randomOverlapProblem(buffers: 5, equals: 40, using: &generator)
      let best = exhaustiveArena(of: problem)
      let start = problem.optimizedPlacement().placement.offsets[0]
      var buffers = problem.buffers
      buffers[0] = .init(
        size: buffers[0].size, lower: buffers[0].lower, upper: buffers[0].upper, fixedOffset: start)
      let fixed = try PlacementProblem(buffers: buffers, overlaps: problem.overlaps)
      let result = fixed.optimizedPlacement()
      try fixed.validate(result.placement)
      #expect(result.placement.arenaBytes == best && result.isProved, "\(fixed)")
    }
  }

  @Test func longChainsAreProvedAndNeverWorseThanApart() throws {
    var generator = SeededRandom(seed: 93)
    var gains = 0
    for round in 0..<16 {
      let problem = try chain(
        operators: round < 8 ? 14 : 4 + 5 * (round - 8), alignment: [1, 16][round % 2], using: &generator)
      let result = problem.optimizedPlacement()
      try problem.validate(result.placement)
      #expect(result.isProved, "\(problem)")
      let apart = try PlacementProblem(buffers: problem.buffers).optimizedPlacement()
      #expect(result.placement.arenaBytes <= apart.placement.arenaBytes)
      if result.placement.arenaBytes < apart.placement.arenaBytes { gains += 1 }
    }
    #expect(gains > 4)
  }

  @Test func smallBudgetsGiveValidPlacements() throws {
    var generator = SeededRandom(seed: 94)
    for round in 0..<8 {
      let problem = try chain(operators: 30, alignment: 16, using: &generator)
      let effort = PlacementEffort(searchNodes: 1 + round * 5, climbPlacements: 0, ideas: [.orientations])
      let result = problem.optimizedPlacement(effort: effort)
      try problem.validate(result.placement)
      let best = problem.optimizedPlacement().placement.arenaBytes
      #expect(result.lowerBound <= best && result.placement.arenaBytes >= best)
    }
  }

  /// A chain whose operators write over their inputs, with some that read an earlier output as well.
  private func chain(
    operators: Int, alignment: Int, using generator: inout SeededRandom
  ) throws -> PlacementProblem {
    var reads = (0..<operators).map { [$0] }
    for index in 2..<operators where Int.random(in: 0..<3, using: &generator) == 0 {
      reads[index].append(Int.random(in: max(0, index - 5)..<index, using: &generator))
    }
    let last = (0...operators).map { tensor in reads.lastIndex { $0.contains(tensor) } ?? operators }
    let buffers = (0...operators).map { tensor in
      PlacementProblem.Buffer(
        size: Int.random(in: 1...8_000, using: &generator), lower: max(0, tensor - 1),
        upper: last[tensor] + 1, alignment: alignment)
    }
    var overlaps: [AllowedOverlap] = []
    for (index, tensors) in reads.enumerated() {
      for tensor in tensors where last[tensor] == index && Bool.random(using: &generator) {
        let distance = Int.random(in: 0...6_000, using: &generator)
        overlaps.append(AllowedOverlap(first: index + 1, second: tensor, .startsBefore(distance)))
      }
    }
    return try PlacementProblem(buffers: buffers, overlaps: overlaps)
  }
}

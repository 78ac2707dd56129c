import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct PlacementFreedomTests {
  /// Too little effort for a proof, so that nothing but the candidates decides.
  private static let efforts = [
    PlacementEffort(searchNodes: 0, climbPlacements: 2_000), .quick,
    PlacementEffort(searchNodes: 9_000, climbPlacements: 30_000),
  ]

  @Test func overlapsAndEffortNeverMakeAnArenaLarger() throws {
    var generator = SeededRandom(seed: 7)
    for _ in 0..<6 {
      let problem = try randomOverlapProblem(buffers: 60, using: &generator)
      let plain = try PlacementProblem(buffers: problem.buffers)
      var smallest = Int.max
      for effort in Self.efforts {
        let free = problem.optimizedPlacement(effort: effort)
        try problem.validate(free.placement)
        let apart = plain.optimizedPlacement(effort: effort)
        #expect(free.placement.arenaBytes <= apart.placement.arenaBytes)
        #expect(free.placement.arenaBytes <= smallest)
        smallest = free.placement.arenaBytes
      }
    }
  }

  @Test func mixedAlignmentsAreSearchedByOrientation() throws {
    var generator = SeededRandom(seed: 8)
    for round in 0..<120 {
      // Equal starts of different alignments raise each other by rounding.
      let drawn = try randomOverlapProblem(buffers: 5, equals: round % 2 == 0 ? 0 : 50, using: &generator)
      let buffers = drawn.buffers.enumerated().map { index, buffer in
        PlacementProblem.Buffer(
          size: buffer.size, lower: buffer.lower, upper: buffer.upper, alignment: [1, 2, 4][index % 3])
      }
      let problem = try PlacementProblem(buffers: buffers, overlaps: drawn.overlaps)
      let result = problem.optimizedPlacement(
        effort: PlacementEffort(searchNodes: 20_000, ideas: [.orientations]))
      try problem.validate(result.placement)
      #expect(result.isProved, "\(problem)")
      #expect(result.placement.arenaBytes == alignedArena(of: problem), "\(problem)")
    }
  }

  /// The smallest arena over all aligned offsets.
  private func alignedArena(of problem: PlacementProblem) -> Int {
    var best = problem.buffers.reduce(1) { $0 + $1.size + $1.alignment }
    var offsets: [Int] = []
    func place(_ end: Int) {
      guard offsets.count < problem.buffers.count else {
        best = min(best, end)
        return
      }
      let (index, buffer) = (offsets.count, problem.buffers[offsets.count])
      for offset in stride(from: 0, to: best - buffer.size, by: buffer.alignment) {
        offsets.append(offset)
        if (0..<index).allSatisfy({ problem.areApart($0, index, at: offsets) }) {
          place(max(end, offset + buffer.size))
        }
        offsets.removeLast()
        if max(end, offset + buffer.size) >= best { break }
      }
    }
    place(0)
    return best
  }
}

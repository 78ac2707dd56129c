import Tensors
import Testing
import _TestSupport

@testable import MemoryPlanning

/// However little effort there is, an assignment is valid and no bound is below what is possible.
@Suite struct RegionGuardTests {
  @Test(arguments: [2, 3])
  func boundsHoldWithAnyEffort(regions: Int) throws {
    var generator = SeededRandom(seed: UInt64(60 + regions))
    var unproved = 0
    for _ in 0..<80 {
      let problem = try randomRegionProblem(buffers: 6, regions: regions, using: &generator)
      guard let best = bruteForceScore(of: problem) else { continue }
      for (states, sweeps, nodes) in [(0, 1, 0), (8, 2, 1), (40, 6, 4), (10_000, 1, 0), (10_000, 6, 2)] {
        let placement = PlacementEffort(
          searchNodes: nodes, climbPlacements: 0, ideas: .all.subtracting(.greedy))
        let effort = RegionEffort(
          states: states, sweeps: sweeps, placement: placement, wholePlacement: placement)
        guard let result = problem.optimizedAssignment(effort: effort) else { continue }
        try problem.validate(result.assignment)
        #expect(result.upperBound >= best)
        #expect(result.score <= best)
        if !result.isProved { unproved += 1 }
      }
    }
    #expect(unproved > 10)
  }
}

import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct RegionGreedyTests {
  @Test func densestBuffersAreInTheFirstRegion() throws {
    let arena = try PlacementProblem(buffers: [
      .init(size: 10, lower: 0, upper: 2), .init(size: 5, lower: 0, upper: 2),
      .init(size: 0, lower: 0, upper: 2),
    ])
    let problem = try RegionProblem(arena, values: [10, 10, 0], capacities: [10, 10])
    let assignment = try #require(problem.greedyAssignment(capacities: problem.capacities))
    #expect(assignment.regions == [1, 0, 0])
    let pinned = try RegionProblem(arena, values: [10, 10, 0], pins: [0, nil, nil], capacities: [10, 10])
    #expect(pinned.greedyAssignment(capacities: [10, 10])?.regions == [0, 1, 0])
    #expect(pinned.greedyAssignment(capacities: [10, 4]) == nil)
  }

  @Test func everyAssignmentIsValid() throws {
    var generator = SeededRandom(seed: 12)
    for count in [1, 8, 50] {
      for _ in 0..<20 {
        let problem = try randomRegionProblem(buffers: count, regions: 3, using: &generator)
        guard let assignment = problem.greedyAssignment(capacities: problem.capacities) else { continue }
        try problem.validate(assignment)
      }
    }
  }
}

import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct RegionBoundTests {
  @Test func timesWithoutCommonBuffersAddUp() throws {
    let arena = try PlacementProblem(buffers: [
      .init(size: 10, lower: 0, upper: 1), .init(size: 10, lower: 0, upper: 1),
      .init(size: 10, lower: 1, upper: 2), .init(size: 10, lower: 1, upper: 2),
    ])
    let problem = try RegionProblem(arena, values: [10, 20, 30, 40], capacities: [10, 99])
    #expect(problem.upperBound == 100 - 10 - 30)
    let half = try RegionProblem(arena, values: [10, 20, 30, 40], capacities: [15, 99])
    #expect(half.upperBound == 100 - 5 - 15)
  }

  @Test func buffersLargerThanTheRegionAreLost() throws {
    let arena = try PlacementProblem(buffers: [.init(size: 10, lower: 0, upper: 1)])
    #expect(try RegionProblem(arena, values: [7], capacities: [9, 10]).upperBound == 0)
    #expect(try RegionProblem(arena, values: [7], capacities: [9, 10, 10]).upperBound == 7)
  }

  @Test func sharedBytesCountOnce() throws {
    let buffers: [PlacementProblem.Buffer] = [
      .init(size: 10, lower: 0, upper: 2), .init(size: 10, lower: 1, upper: 3),
    ]
    let overlap = AllowedOverlap(first: 1, second: 0, .startsBefore(0))
    let arena = try PlacementProblem(buffers: buffers, overlaps: [overlap])
    #expect(try RegionProblem(arena, values: [5, 6], capacities: [10, 10]).upperBound == 11)
  }

  @Test func noAssignmentIsBetter() throws {
    var generator = SeededRandom(seed: 9)
    for _ in 0..<200 {
      let problem = try randomRegionProblem(buffers: 5, regions: 2, using: &generator)
      if let best = bruteForceScore(of: problem) { #expect(problem.upperBound >= best) }
    }
  }

  @Test func hugeNumbersDoNotOverflow() throws {
    let size = 1 << 58
    let arena = try PlacementProblem(buffers: [
      .init(size: size, lower: 0, upper: 2), .init(size: size, lower: 0, upper: 2),
    ])
    let problem = try RegionProblem(arena, values: [size, size], capacities: [size + 7, 1 << 60])
    #expect(problem.upperBound == size + 7)
  }
}

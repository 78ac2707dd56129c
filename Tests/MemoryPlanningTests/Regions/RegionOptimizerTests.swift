import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct RegionOptimizerTests {
  @Test(arguments: [2, 3])
  func equalsBruteForceOnSmallProblems(regions: Int) throws {
    var generator = SeededRandom(seed: UInt64(regions))
    var tight = 0
    var impossible = 0
    for _ in 0..<(regions == 2 ? 80 : 40) {
      let problem = try randomRegionProblem(buffers: 6, regions: regions, using: &generator)
      let best = bruteForceScore(of: problem)
      let result = problem.optimizedAssignment(effort: .small)
      #expect(result?.score == best)
      guard let result else {
        impossible += 1
        continue
      }
      try problem.validate(result.assignment)
      #expect(result.score == problem.score(result.assignment.regions))
      #expect(result.isProved)
      #expect(problem.upperBound >= result.score)
      if result.assignment.regions.contains(where: { $0 > 0 }) { tight += 1 }
    }
    #expect(tight > 20)
    #expect(impossible > 2)
  }

  @Test(arguments: [20, 50])
  func largeProblemsStayWithinTheirBounds(count: Int) throws {
    var generator = SeededRandom(seed: UInt64(count))
    for _ in 0..<2 {
      let problem = try randomRegionProblem(buffers: count, regions: 2, maxSize: 1000, using: &generator)
      guard let result = problem.optimizedAssignment(effort: .small) else { continue }
      try problem.validate(result.assignment)
      #expect(result.score <= result.upperBound)
      #expect(
        result.score >= problem.greedyAssignment(capacities: problem.capacities).map {
          problem.score($0.regions)
        } ?? 0)
      #expect(problem.optimizedAssignment(effort: .small) == result)
    }
  }

  @Test func everythingGoesToTheFirstRegionWhereItFits() throws {
    var generator = SeededRandom(seed: 4)
    let arena = try randomPlacementProblem(buffers: 30, times: 20, maxSize: 99, using: &generator)
    let bytes = arena.optimizedPlacement().placement.arenaBytes
    let problem = try RegionProblem(arena, values: arena.buffers.map(\.size), capacities: [bytes, 10_000])
    let result = try #require(problem.optimizedAssignment(effort: .small))
    #expect(result.assignment.regions.allSatisfy { $0 == 0 })
    #expect(result.isProved)
    #expect(result.states == 0, "nothing has to be searched where all of it fits to the byte")
  }

  /// What a sweep has not looked at is not proved impossible: bounds hold with any effort.
  @Test func boundsHoldWithAnyEffort() throws {
    var generator = SeededRandom(seed: 91)
    var unproved = 0
    for _ in 0..<60 {
      let problem = try randomRegionProblem(buffers: 7, regions: 2, using: &generator)
      let best = bruteForceScore(of: problem)
      for states in [1, 20, 60] {
        var effort = RegionEffort.small
        effort.states = states
        guard let result = problem.optimizedAssignment(effort: effort), let best else { continue }
        #expect(result.score <= best && result.upperBound >= best)
        if !result.isProved { unproved += 1 }
      }
    }
    #expect(unproved > 0)
  }

  /// A sweep that dropped states is repeated with the score that is known, which leaves room for better ones.
  @Test func incompleteSweepsAreRepeated() throws {
    var generator = SeededRandom(seed: 17)
    var gains = 0
    for _ in 0..<60 where gains == 0 {
      let problem = try randomRegionProblem(buffers: 24, regions: 3, maxSize: 30, using: &generator)
      var effort = RegionEffort.small
      effort.states = 6_000
      let known = problem.greedyAssignment(capacities: problem.capacities).map { problem.score($0.regions) }
      let sweep = RegionSweep(problem, cuts: [], width: 20, knownScore: known ?? -1)
      guard let regions = sweep.regions, !sweep.isComplete else { continue }
      var placer = RegionPlacer(problem, effort: effort)
      guard case .placed = placer.place(regions) else { continue }
      let result = try #require(problem.optimizedAssignment(effort: effort))
      #expect(result.score >= sweep.score)
      if result.score > sweep.score { gains += 1 }
    }
    #expect(gains > 0)
  }

  /// Live bytes fit, but no placement of all six buffers does.
  @Test func buffersWithoutAPlacementAreCut() throws {
    let arena = try PlacementProblem(buffers: [
      .init(size: 4, lower: 0, upper: 3), .init(size: 3, lower: 0, upper: 1),
      .init(size: 3, lower: 2, upper: 5), .init(size: 3, lower: 1, upper: 2),
      .init(size: 4, lower: 4, upper: 7), .init(size: 3, lower: 3, upper: 4),
    ])
    for capacity in 4...arena.optimizedPlacement().placement.arenaBytes {
      let problem = try RegionProblem(
        arena, values: [9, 3, 8, 2, 9, 4], capacities: [capacity, 100])
      let result = try #require(problem.optimizedAssignment(effort: .small))
      #expect(result.score == bruteForceScore(of: problem))
      #expect(result.isProved)
    }
  }

  @Test func noBuffersAreAssignedToo() throws {
    let problem = try RegionProblem(PlacementProblem(buffers: []), values: [], capacities: [0, 0])
    #expect(problem.optimizedAssignment(effort: .small)?.isProved == true)
  }
}

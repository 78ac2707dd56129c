import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct PlacementOptimizerTests {
  /// The smallest arena over all sequences of lowest-fit placement: every pressed-down placement is
  /// the lowest fit of its buffers by rising offset.
  private func bruteForceArena(of problem: PlacementProblem) -> Int {
    var best = Int.max
    var sequence: [Int] = []
    func extend() {
      if sequence.count == problem.buffers.count {
        best = min(best, problem.placement(inSequence: sequence).arenaBytes)
      }
      for index in problem.buffers.indices where !sequence.contains(index) {
        sequence.append(index)
        extend()
        sequence.removeLast()
      }
    }
    extend()
    return best
  }

  @Test(arguments: [1, 4])
  func equalsBruteForceOnSmallProblems(alignment: Int) throws {
    var generator = SeededRandom(seed: UInt64(alignment))
    for _ in 0..<40 {
      let problem = try randomPlacementProblem(
        buffers: 6, times: 7, maxSize: 9, alignment: alignment, using: &generator)
      let result = problem.optimizedPlacement()
      try problem.validate(result.placement)
      #expect(result.isProved)
      #expect(result.placement.arenaBytes == bruteForceArena(of: problem))
    }
  }

  @Test func everyPlacementIsValid() throws {
    var generator = SeededRandom(seed: 21)
    for count in [1, 10, 40, 120] {
      let problem = try randomPlacementProblem(buffers: count, times: 50, maxSize: 1000, using: &generator)
      for strategy in GreedyStrategy.allCases {
        try problem.validate(problem.greedyPlacement(by: strategy))
      }
      let result = problem.optimizedPlacement(effort: PlacementEffort(searchNodes: 20_000))
      try problem.validate(result.placement)
      #expect(result.lowerBound <= result.placement.arenaBytes)
      #expect(result.lowerBound >= problem.lowerBound)
    }
  }

  @Test func searchBeatsGreedyWhereTheBoundIsReachable() throws {
    let problem = try PlacementProblem(buffers: [
      .init(size: 2, lower: 0, upper: 2), .init(size: 3, lower: 1, upper: 3),
      .init(size: 1, lower: 1, upper: 4), .init(size: 3, lower: 3, upper: 5),
      .init(size: 2, lower: 4, upper: 6), .init(size: 1, lower: 5, upper: 6),
    ])
    let result = problem.optimizedPlacement()
    #expect(result.placement.arenaBytes == problem.lowerBound)
  }

  @Test func fixedOffsetsStay() throws {
    let problem = try PlacementProblem(buffers: [
      .init(size: 16, lower: 0, upper: 2, alignment: 16, fixedOffset: 32),
      .init(size: 40, lower: 1, upper: 3, alignment: 16),
      .init(size: 16, lower: 1, upper: 3, alignment: 16),
    ])
    let result = problem.optimizedPlacement()
    try problem.validate(result.placement)
    #expect(result.placement.offsets == [32, 48, 0])
  }

  @Test func noBuffersNeedNoArena() throws {
    #expect(try PlacementProblem(buffers: []).optimizedPlacement().placement.arenaBytes == 0)
  }
}

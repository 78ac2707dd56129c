import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct ValleySearchTests {
  /// The search by rising offset is another way to the same answer.
  @Test func equalsTheSearchByRisingOffset() throws {
    var generator = SeededRandom(seed: 71)
    let exact: PlacementIdeas = PlacementIdeas.all.subtracting([.greedy, .climb])
    let others = [exact] + PlacementIdeas.named.map { exact.subtracting($0.idea) }
    for round in 0..<1_000 {
      let problem = try randomPlacementProblem(
        buffers: 3 + round % 5, times: 8, maxSize: 9, alignment: [1, 4][round % 2], using: &generator)
      let rising = problem.optimizedPlacement(
        effort: PlacementEffort(ideas: exact.subtracting(.valleys)))
      let result = problem.optimizedPlacement(effort: PlacementEffort(ideas: others[round % others.count]))
      try problem.validate(result.placement)
      #expect(result.isProved || round % others.count > 0)
      #expect(result.placement.arenaBytes == rising.placement.arenaBytes, "\(problem)")
    }
  }

  @Test func sectionsAreTheLargestSetsLiveTogether() {
    let sections = ValleySections([
      .init(size: 1, lower: 0, upper: 2), .init(size: 1, lower: 1, upper: 5),
      .init(size: 1, lower: 2, upper: 3), .init(size: 1, lower: 3, upper: 4),
    ])
    #expect(sections.first == [0, 0, 1, 2])
    #expect(sections.last == [1, 3, 2, 3])
    #expect(sections.count == 3)
  }
}

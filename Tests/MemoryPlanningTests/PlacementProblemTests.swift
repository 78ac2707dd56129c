import Testing

@testable import MemoryPlanning

@Suite struct PlacementProblemTests {
  let problem: PlacementProblem

  init() throws {
    problem = try PlacementProblem(buffers: [
      .init(size: 16, lower: 0, upper: 2, alignment: 16),
      .init(size: 8, lower: 1, upper: 3, alignment: 16),
      .init(size: 32, lower: 2, upper: 4, alignment: 16, fixedOffset: 16),
    ])
  }

  @Test func lowerBoundIsTheLargestLiveSum() {
    #expect(problem.lowerBound == 48)
  }

  @Test func validatorRejectsBrokenPlacements() throws {
    try problem.validate(Placement(offsets: [16, 0, 16], arenaBytes: 48))
    let broken = [
      Placement(offsets: [0, 0, 16], arenaBytes: 48), Placement(offsets: [8, 48, 16], arenaBytes: 56),
      Placement(offsets: [0, 48, 32], arenaBytes: 64), Placement(offsets: [0, 48], arenaBytes: 56),
      Placement(offsets: [-16, 48, 16], arenaBytes: 56), Placement(offsets: [0, 48, 16], arenaBytes: 48),
      Placement(offsets: [0, 32, 16], arenaBytes: 48),
    ]
    for placement in broken {
      #expect(throws: PlanningError.self) { try problem.validate(placement) }
    }
  }

  @Test func fixedOffsetsThatOverlapAreRefused() throws {
    let first = PlacementProblem.Buffer(size: 10, lower: 0, upper: 5, fixedOffset: 0)
    let close = PlacementProblem.Buffer(size: 10, lower: 2, upper: 6, fixedOffset: 9)
    #expect(throws: PlanningError.self) { try PlacementProblem(buffers: [first, close]) }
    let later = PlacementProblem.Buffer(size: 10, lower: 5, upper: 6, fixedOffset: 9)
    let above = PlacementProblem.Buffer(size: 10, lower: 2, upper: 5, fixedOffset: 10)
    let empty = PlacementProblem.Buffer(size: 0, lower: 0, upper: 6, fixedOffset: 5)
    #expect(throws: Never.self) { try PlacementProblem(buffers: [first, later, empty]) }
    #expect(throws: Never.self) { try PlacementProblem(buffers: [first, above, empty]) }
  }

  @Test func extremeLifetimesAndSizesDoNotOverflow() throws {
    let end = 1 << 61
    let problem = try PlacementProblem(buffers: [
      .init(size: 1 << 58, lower: -end, upper: end), .init(size: 3, lower: -end, upper: 0),
      .init(size: 5, lower: -1, upper: 1), .init(size: 4, lower: 0, upper: end),
    ])
    for strategy in GreedyStrategy.allCases { try problem.validate(problem.greedyPlacement(by: strategy)) }
    try problem.validate(problem.optimizedPlacement().placement)
    #expect(throws: PlanningError.self) {
      try PlacementProblem(buffers: [.init(size: 1, lower: .min, upper: .max)])
    }
  }

  @Test func nonsenseIsRefused() {
    let bad: [PlacementProblem.Buffer] = [
      .init(size: -1, lower: 0, upper: 1), .init(size: 1, lower: 1, upper: 1),
      .init(size: 1, lower: 0, upper: 1, alignment: 0),
      .init(size: 1, lower: 0, upper: 1, alignment: 16, fixedOffset: 8),
      .init(size: .max, lower: 0, upper: 1, alignment: 16),
    ]
    for buffer in bad {
      #expect(throws: PlanningError.self) { try PlacementProblem(buffers: [buffer]) }
    }
  }
}

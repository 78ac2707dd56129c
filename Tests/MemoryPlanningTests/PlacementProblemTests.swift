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

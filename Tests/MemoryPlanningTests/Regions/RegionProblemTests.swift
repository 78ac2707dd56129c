import Testing

@testable import MemoryPlanning

@Suite struct RegionProblemTests {
  /// Two buffers that are live together and one that begins where the first ends.
  private func problem(_ capacities: [Int] = [16, 32], pins: [Int?]? = nil) throws -> RegionProblem {
    let arena = try PlacementProblem(buffers: [
      .init(size: 16, lower: 0, upper: 2, alignment: 16), .init(size: 16, lower: 1, upper: 3, alignment: 16),
      .init(size: 16, lower: 2, upper: 4, alignment: 16),
    ])
    return try RegionProblem(arena, values: [5, 3, 5], pins: pins, capacities: capacities)
  }

  @Test func scoreIsTheValueOnTheFasterSides() throws {
    #expect(try problem().score([0, 1, 0]) == 10)
    #expect(try problem([16, 16, 16]).score([0, 1, 2]) == 2 * 5 + 3)
    #expect(try problem([64]).score([0, 0, 0]) == 0)
  }

  @Test func goodAnswersPass() throws {
    try problem().validate(RegionAssignment(regions: [0, 1, 0], offsets: [0, 16, 0]))
    try problem().validate(RegionAssignment(regions: [1, 0, 1], offsets: [0, 0, 0]))
  }

  @Test(arguments: [
    ([0, 0, 0], [0, 0, 0], "buffers 0 and 1 are live together and overlap"),
    ([0, 1, 0], [0, 32, 0], "buffer 1 ends behind region 1"),
    ([0, 1, 0], [0, 8, 0], "buffer 1 stands at 8: not a multiple of 16"),
    ([0, 1, 0], [-16, 0, 0], "buffer 0 stands at -16: not a multiple of 16"),
    ([0, 2, 0], [0, 0, 0], "buffer 1 is in region 2: it must not be there"),
    ([0, -1, 0], [0, 0, 0], "buffer 1 is in region -1: it must not be there"),
    ([0, 1], [0, 0, 0], "2 regions for 3 buffers"),
    ([0, 1, 0], [0, 0], "2 offsets for 3 buffers"),
  ])
  func brokenAnswersAreNamed(regions: [Int], offsets: [Int], reason: String) throws {
    let problem = try problem()
    #expect(throws: PlanningError.invalidAnswer(reason)) {
      try problem.validate(RegionAssignment(regions: regions, offsets: offsets))
    }
  }

  @Test func pinsAreObeyed() throws {
    let problem = try problem(pins: [1, nil, nil])
    #expect(throws: PlanningError.invalidAnswer("buffer 0 is in region 0: it must not be there")) {
      try problem.validate(RegionAssignment(regions: [0, 1, 0], offsets: [0, 0, 0]))
    }
  }

  @Test func impossibleProblemsAreRefused() throws {
    let arena = try PlacementProblem(buffers: [.init(size: 1, lower: 0, upper: 1)])
    let fixed = try PlacementProblem(buffers: [.init(size: 1, lower: 0, upper: 1, fixedOffset: 4)])
    let tries: [(PlacementProblem, [Int], [Int?]?, [Int])] = [
      (arena, [1], nil, []), (arena, [1], nil, [Int](repeating: 1, count: 17)), (arena, [1], nil, [-1]),
      (arena, [1], nil, [.max]), (fixed, [1], nil, [8]), (arena, [1, 2], nil, [8]), (arena, [-1], nil, [8]),
      (arena, [.max], nil, [8, 8]), (arena, [1], [1], [8]), (arena, [1], [nil, nil], [8]),
    ]
    for (arena, values, pins, capacities) in tries {
      #expect(throws: PlanningError.self) {
        try RegionProblem(arena, values: values, pins: pins, capacities: capacities)
      }
    }
  }
}

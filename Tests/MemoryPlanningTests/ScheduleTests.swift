import Testing

@testable import MemoryPlanning

@Suite struct ScheduleTests {
  let problem: ScheduleProblem

  init() throws {
    problem = try ScheduleProblem(
      buffers: [
        .init(size: 10, producer: nil, consumers: [0, 2]),
        .init(size: 20, producer: 0, consumers: [1]),
        .init(size: 30, producer: 1, consumers: [2]),
        .init(size: 40, producer: 2, consumers: [], isKept: true),
        .init(size: 7, producer: 1, consumers: []),
      ], precedences: [.init(before: 0, after: 2)], transientBytes: [0, 3, 0])
  }

  @Test func usageCountsLiveAndTransientBytes() {
    #expect(problem.liveBytes(along: [0, 1, 2]) == [30, 70, 80])
    #expect(problem.schedule([0, 1, 2]).peakBytes == 80)
  }

  @Test func validatorRejectsBrokenSchedules() throws {
    try problem.validate(Schedule(order: [0, 1, 2], peakBytes: 80))
    let broken = [
      Schedule(order: [0, 1], peakBytes: 80), Schedule(order: [0, 1, 1], peakBytes: 80),
      Schedule(order: [1, 0, 2], peakBytes: 80), Schedule(order: [2, 0, 1], peakBytes: 80),
      Schedule(order: [0, 1, 2], peakBytes: 79),
    ]
    for schedule in broken {
      #expect(throws: PlanningError.self) { try problem.validate(schedule) }
    }
  }

  @Test func problemsOutOfRangeAreRefused() {
    #expect(throws: PlanningError.invalidProblem("buffer 0 names a step outside 0..<1")) {
      try ScheduleProblem(buffers: [.init(size: 1, producer: 4, consumers: [])], transientBytes: [0])
    }
    #expect(throws: PlanningError.invalidProblem("buffer 0 has a negative size")) {
      try ScheduleProblem(buffers: [.init(size: -1, producer: nil, consumers: [])], transientBytes: [])
    }
    #expect(throws: PlanningError.self) {
      try ScheduleProblem(
        buffers: [
          .init(size: .max, producer: nil, consumers: []), .init(size: 1, producer: nil, consumers: []),
        ],
        transientBytes: [])
    }
  }

  @Test func cyclesAreRefused() {
    #expect(throws: PlanningError.cyclicPrecedence(step: 0)) {
      try ScheduleProblem(
        buffers: [], precedences: [.init(before: 0, after: 1), .init(before: 1, after: 0)],
        transientBytes: [0, 0])
    }
  }
}

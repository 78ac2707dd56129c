import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct OrderOptimizerTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func equalsBruteForceOnSmallGraphs(steps: Int) throws {
    var generator = SeededRandom(seed: UInt64(steps))
    for _ in 0..<(steps < 8 ? 200 : 60) {
      let problem = try randomScheduleProblem(steps: steps, using: &generator)
      let result = problem.optimizedOrder()
      try problem.validate(result.schedule)
      #expect(result.isProved)
      #expect(result.schedule.peakBytes == bruteForcePeak(of: problem), "\(problem.csv)")
    }
  }

  @Test func lowerBoundHoldsWithAnyBudget() throws {
    var generator = SeededRandom(seed: 77)
    for _ in 0..<300 {
      let problem = try randomScheduleProblem(steps: 8, using: &generator)
      let result = problem.optimizedOrder(OrderSearchOptions(stateBudget: 2, beamWidth: 2))
      try problem.validate(result.schedule)
      let optimum = bruteForcePeak(of: problem)
      #expect(result.lowerBound <= optimum)
      #expect(result.schedule.peakBytes >= optimum)
    }
  }

  @Test func noMoreStatesAreExpandedThanTheBudget() throws {
    var generator = SeededRandom(seed: 79)
    var spent = 0
    for _ in 0..<100 {
      let problem = try randomScheduleProblem(steps: 10, extraPrecedences: 0, using: &generator)
      for budget in 0...3 {
        let search = BothEndsSearch(problem, floor: 0, ideas: .all)
        let result = search.run(below: .max, states: budget)
        #expect(result.statesExpanded <= budget)
        if result.statesExpanded == budget { spent += 1 }
      }
    }
    #expect(spent > 20)
  }

  /// A piece whose budget was spent sets the peak, and the next one is searched down to that peak only.
  @Test func boundOfPiecesHoldsWithAnyBudget() throws {
    var generator = SeededRandom(seed: 78)
    var unproved = 0
    for _ in 0..<400 {
      let parts = try (0..<2).map { _ in
        try randomScheduleProblem(steps: 9, extraPrecedences: 0, using: &generator)
      }
      // The simple orders of both have one peak, so that the second is searched after the first.
      let peaks = try parts.map { try chained([$0]).bestSimpleSchedule().peakBytes }
      let problem = try chained([scaled(parts[0], by: peaks[1]), scaled(parts[1], by: peaks[0])])
      let optimum = problem.optimizedOrder().schedule.peakBytes
      for budget in 0...2 {
        let result = problem.optimizedOrder(OrderSearchOptions(stateBudget: budget, beamWidth: 1))
        try problem.validate(result.schedule)
        #expect(result.lowerBound <= optimum, "budget \(budget): \(problem.csv)")
        if !result.isProved { unproved += 1 }
      }
    }
    #expect(unproved > 20)
  }

  private func scaled(_ problem: ScheduleProblem, by factor: Int) throws -> ScheduleProblem {
    try ScheduleProblem(
      buffers: problem.buffers.map {
        .init(size: $0.size * factor, producer: $0.producer, consumers: $0.consumers, isKept: $0.isKept)
      }, precedences: problem.precedences, transientBytes: problem.transientBytes.map { $0 * factor })
  }

  @Test func largeGraphIsOrderedTheSameWayTwice() throws {
    var generator = SeededRandom(seed: 5)
    let problem = try randomScheduleProblem(steps: 60, extraPrecedences: 4, using: &generator)
    let first = problem.optimizedOrder(OrderSearchOptions(stateBudget: 500))
    let second = problem.optimizedOrder(OrderSearchOptions(stateBudget: 500))
    #expect(first == second)
    try problem.validate(first.schedule)
  }

  @Test func emptyProblemHasThePeakOfItsInputs() throws {
    let input = ScheduleProblem.Buffer(size: 40, producer: nil, consumers: [], isKept: true)
    let result = try ScheduleProblem(buffers: [input], transientBytes: []).optimizedOrder()
    #expect(result.schedule == Schedule(order: [], peakBytes: 40))
    #expect(result.isProved)
  }

  @Test func precedenceIsKeptWhereItCosts() throws {
    let buffers = [
      ScheduleProblem.Buffer(size: 100, producer: 0, consumers: [1]),
      ScheduleProblem.Buffer(size: 1, producer: 1, consumers: [], isKept: true),
      ScheduleProblem.Buffer(size: 50, producer: 2, consumers: [3]),
      ScheduleProblem.Buffer(size: 1, producer: 3, consumers: [], isKept: true),
    ]
    let free = try ScheduleProblem(buffers: buffers, transientBytes: [0, 0, 0, 0]).optimizedOrder()
    let bound = try ScheduleProblem(
      buffers: buffers, precedences: [.init(before: 2, after: 1), .init(before: 0, after: 2)],
      transientBytes: [0, 0, 0, 0]
    ).optimizedOrder()
    #expect(free.schedule.peakBytes == 101)
    #expect(bound.schedule.peakBytes == 151)
  }
}

import Tensors
import Testing

@testable import MemoryPlanning

/// The order that a search from one end finds.
func order(of problem: ScheduleProblem, from end: OrderEnd, _ branches: [BranchGroup] = [])
  -> OrderSearch.Result
{
  var search = OrderSearch(
    OrderInstance(problem, from: end, branches: branches), PeakBound(problem, from: end), floor: 0,
    below: .max, .all)
  search.run(states: .max)
  return search.result
}

@Suite struct OrderSearchTests {
  @Test(arguments: OrderEnd.allCases)
  func findsTheLowestPeakFromEitherEnd(end: OrderEnd) throws {
    var generator = SeededRandom(seed: 83)
    var twice = 0
    for round in 0..<300 {
      var problem = try randomScheduleProblem(steps: 7, extraPrecedences: round % 2, using: &generator)
      if round.isMultiple(of: 3) { problem = try randomOverlaps(of: problem, using: &generator) }
      if StepOverlaps(problem).sharesTwice { twice += 1 }
      let lowest = bruteForcePeak(of: problem)
      let result = order(of: problem, from: end)
      let schedule = try #require(result.schedule)
      try problem.validate(schedule)
      #expect(schedule.peakBytes == lowest && result.lowerBound == lowest, "\(problem.csv)")
    }
    #expect(twice > 10)
  }

  /// What is live beside a set is what an order with that set at its end says, and no order is below the bound.
  @Test func bytesAndBoundsFromTheEndAreThoseOfOrders() throws {
    var generator = SeededRandom(seed: 84)
    for _ in 0..<100 {
      let problem = try randomOverlaps(
        of: try randomScheduleProblem(steps: 9, using: &generator), using: &generator)
      let instance = OrderInstance(problem, from: .end)
      let bound = PeakBound(problem, from: .end)
      var partial = PartialOrder(startOf: instance)
      var bounds: [Int] = []
      var remaining: [Int] = []
      while let step = partial.ready.randomElement(using: &generator) {
        remaining.append(bound.remaining(after: partial.executed, in: instance, &bounds))
        partial.run(step, in: instance)
      }
      let usage = problem.liveBytes(along: partial.moves.reversed())
      #expect(partial.peakBytes == usage.max())
      for (count, bytes) in remaining.enumerated() {
        #expect(bytes <= usage.dropLast(count).max() ?? 0, "\(problem.csv)")
      }
    }
  }

  /// Where the first steps branch and the last join, the end is the place to begin.
  @Test func treesAreProvedFromTheirRoot() throws {
    var generator = SeededRandom(seed: 85)
    var fewer = 0
    for _ in 0..<8 {
      // Every two steps are read by one behind them; each writes something of its own size.
      let count = 47
      let buffers = (0..<count).map { step in
        ScheduleProblem.Buffer(
          size: Int.random(in: 1...64, using: &generator), producer: step,
          consumers: step < count - 1 ? [(count + step + 1) / 2] : [], isKept: step == count - 1)
      }
      let problem = try ScheduleProblem(buffers: buffers, transientBytes: [Int](repeating: 0, count: count))
      let both = BothEndsSearch(problem, floor: 0, ideas: .all).run(below: .max, states: 20_000)
      let one = BothEndsSearch(problem, floor: 0, ideas: .all.subtracting(.bothEnds))
        .run(below: .max, states: 20_000)
      if let schedule = both.schedule { #expect(schedule.peakBytes == both.lowerBound) }
      if one.schedule != nil { #expect(both.lowerBound <= one.lowerBound) }
      if both.schedule != nil && (one.schedule == nil || both.statesExpanded < one.statesExpanded) {
        fewer += 1
      }
    }
    #expect(fewer > 4)
  }
}

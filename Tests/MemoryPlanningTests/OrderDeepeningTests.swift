import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct OrderDeepeningTests {
  @Test func boundsHoldWithAnyBudget() throws {
    var generator = SeededRandom(seed: 41)
    var proved = 0
    for round in 0..<200 {
      let problem = try randomScheduleProblem(steps: 8, extraPrecedences: 0, using: &generator)
      let optimum = bruteForcePeak(of: problem)
      let search = OrderDeepening(
        problem, floor: PeakBound(problem).overall,
        options: OrderSearchOptions(stateBudget: 1 + round % 12, beamWidth: 1))
      let result = search.run(below: optimum + 1 + round % 40)
      #expect(result.lowerBound <= optimum && result.statesExpanded <= 1 + round % 12)
      if let schedule = result.schedule {
        try problem.validate(schedule)
        #expect(schedule.peakBytes >= optimum)
        if result.lowerBound == schedule.peakBytes { proved += 1 }
      }
    }
    #expect(proved > 20)
  }
}

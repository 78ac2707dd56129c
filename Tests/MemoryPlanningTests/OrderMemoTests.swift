import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct OrderMemoTests {
  /// Whatever is taken from the memory is what the search finds, with any budget asked before.
  @Test func answersAreThoseOfTheSearch() throws {
    var generator = SeededRandom(seed: 97)
    var (taken, direct) = (0, 0)
    for round in 0..<60 {
      let problem = try randomScheduleProblem(steps: 24, extraPrecedences: 2, using: &generator)
      let floor = PeakBound(problem).overall
      let simple = problem.bestSimpleSchedule()
      func question(_ budget: Int) -> OrderMemo.Question {
        let options = OrderSearchOptions(stateBudget: budget, beamWidth: 2)
        return OrderMemo.Question(problem: problem, floor: floor, simple: simple, options: options)
      }
      func found(_ question: OrderMemo.Question) -> OrderSearch.Result {
        OrderDeepening(problem, floor: floor, options: question.options).run(below: simple.peakBytes)
      }
      let first = [20, 60, 400][round % 3]
      OrderMemo.add(found(question(first)), to: question(first))
      for budget in [16, 20, 24, 60, 80, 400, 4_000] {
        guard let answer = OrderMemo.answer(to: question(budget)) else { continue }
        taken += 1
        if answer.isDirect { direct += 1 }
        #expect(answer == found(question(budget)), "\(first), \(budget): \(problem.csv)")
      }
    }
    #expect(direct > 20 && taken > direct)
  }
}

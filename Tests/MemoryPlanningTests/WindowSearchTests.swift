import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct WindowSearchTests {
  @Test func boundsOfStretchesHold() throws {
    var generator = SeededRandom(seed: 51)
    var (tight, better) = (0, 0)
    for _ in 0..<120 {
      let problem = try withOverlaps(steps: 7, &generator)
      let optimum = bruteForcePeak(of: problem)
      let start = problem.schedule(problem.depthFirstOrder)
      let result = WindowSearch(floor: 0, options: OrderSearchOptions(), widths: [3, 5])
        .improved(problem, start, bound: 0)
      #expect(result.lowerBound <= optimum, "\(problem.csv)")
      if result.lowerBound == optimum { tight += 1 }
      guard let schedule = result.schedule else { continue }
      try problem.validate(schedule)
      #expect(schedule.peakBytes < start.peakBytes && schedule.peakBytes >= optimum)
      better += 1
    }
    #expect(tight > 10 && better > 10)
  }

  @Test func stretchesHaveThePeaksOfTheWhole() throws {
    var generator = SeededRandom(seed: 52)
    for round in 0..<200 {
      let problem = try withOverlaps(steps: 9, &generator)
      let order = problem.breadthFirstOrder
      let usage = problem.liveBytes(along: order)
      let windows = OrderWindows(problem, order: order)
      let range = round % 6..<round % 6 + 1 + round % 4
      let window = windows.exact(range)
      #expect(window.steps == Array(order[range]))
      #expect(
        window.problem.liveBytes(along: Array(0..<range.count)) == Array(usage[range]), "\(problem.csv)")
    }
  }

  private func withOverlaps(steps: Int, _ generator: inout SeededRandom) throws -> ScheduleProblem {
    let plain = try randomScheduleProblem(steps: steps, using: &generator)
    return try randomOverlaps(of: plain, using: &generator)
  }
}

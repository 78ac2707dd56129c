import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct ChainMergeTests {
  /// Chains of random steps over buffers that are there from the start, some of them read by several chains.
  private func chains(using random: inout SeededRandom) throws -> ScheduleProblem {
    var buffers: [ScheduleProblem.Buffer] = []
    var readers = (0..<2).map { _ in [Int]() }
    var overlaps: [AllowedOverlap] = []
    var step = 0
    for _ in 0..<Int.random(in: 2...3, using: &random) {
      var last: Int?
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        if last == nil || Int.random(in: 0..<4, using: &random) == 0 {
          readers[Int.random(in: 0..<2, using: &random)].append(step)
        }
        if let last {
          let old = buffers[last]
          buffers[last] = .init(
            size: old.size, producer: old.producer, consumers: [step], isKept: old.isKept)
        }
        buffers.append(
          .init(
            size: Int.random(in: 1...20, using: &random), producer: step, consumers: [],
            isKept: Int.random(in: 0..<5, using: &random) == 0))
        if let last, Bool.random(using: &random) {
          overlaps.append(AllowedOverlap(first: buffers.count - 1, second: last, .startsBefore(0)))
        }
        last = buffers.count - 1
        step += 1
      }
      if let last {
        buffers[last] = .init(size: buffers[last].size, producer: step - 1, consumers: [], isKept: true)
      }
    }
    for reader in readers {
      buffers.append(
        .init(
          size: Int.random(in: 1...20, using: &random), producer: nil, consumers: reader,
          isKept: reader.isEmpty))
    }
    return try ScheduleProblem(
      buffers: buffers, transientBytes: (0..<step).map { _ in Int.random(in: 0...5, using: &random) },
      overlaps: overlaps)
  }

  /// The lowest peak of all orders, one after the other.
  private func lowestPeak(_ problem: ScheduleProblem) -> Int {
    let graph = problem.steps
    var best = Int.max
    func extend(_ order: [Int]) {
      if order.count == problem.stepCount {
        best = min(best, problem.schedule(order).peakBytes)
        return
      }
      for step in 0..<problem.stepCount
      where !order.contains(step) && graph.predecessors[step].allSatisfy(order.contains) {
        extend(order + [step])
      }
    }
    extend([])
    return best
  }

  @Test func boundsHoldAndMeetTheLowestPeakWhereNothingIsShared() throws {
    var random = SeededRandom(seed: 4)
    var merged = 0
    var proved = 0
    for _ in 0..<400 {
      let problem = try chains(using: &random)
      guard let merge = ChainMerge(problem) else { continue }
      merged += 1
      let result = merge.run()
      let lowest = lowestPeak(problem)
      #expect(result.lowerBound <= lowest)
      #expect(result.schedule.peakBytes >= lowest)
      #expect(problem.isTopological(result.schedule.order))
      let areShared = problem.buffers.contains { $0.producer == nil && $0.consumers.count > 1 }
      if !areShared { #expect(result.lowerBound == lowest && result.schedule.peakBytes == lowest) }
      if result.lowerBound == result.schedule.peakBytes { proved += 1 }
    }
    #expect(merged > 200)
    #expect(proved * 10 > merged * 3)
  }

  @Test func whatIsNoChainIsLeftAlone() throws {
    let fork = try ScheduleProblem(
      buffers: [
        .init(size: 4, producer: 0, consumers: [1, 2]),
        .init(size: 4, producer: 1, consumers: [], isKept: true),
        .init(size: 4, producer: 2, consumers: [], isKept: true),
      ], transientBytes: [0, 0, 0])
    #expect(ChainMerge(fork) == nil)
  }
}

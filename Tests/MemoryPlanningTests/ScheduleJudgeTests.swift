import Tensors
import Testing
import _TestSupport

@testable import MemoryPlanning

@Suite struct ScheduleJudgeTests {
  private func problem(
    _ overlaps: [AllowedOverlap] = [], precedences: [ScheduleProblem.Precedence] = []
  ) throws -> ScheduleProblem {
    try ScheduleProblem(
      buffers: [
        .init(size: 10, producer: nil, consumers: [0, 2]), .init(size: 20, producer: 0, consumers: [1]),
        .init(size: 30, producer: 1, consumers: [3]), .init(size: 5, producer: 2, consumers: [3]),
        .init(size: 8, producer: 3, consumers: [], isKept: true),
      ], precedences: precedences, transientBytes: [0, 3, 0, 1], overlaps: overlaps)
  }

  @Test(arguments: [
    ([0, 1, 2], 63, "step 3 does not run"),
    ([0, 1, 2, 2], 63, "step 2 runs twice"),
    ([0, 1, 2, 4], 63, "there is no step 4"),
    ([0, 1, 2, -1], 63, "there is no step -1"),
    ([1, 0, 2, 3], 63, "step 1 reads a buffer before it is written"),
    ([0, 1, 3, 2], 63, "step 3 reads a buffer before it is written"),
    ([0, 1, 2, 3], 62, "the peak is 63 bytes, not 62"),
    ([0, 1, 2, 3], 64, "the peak is 63 bytes, not 64"),
  ])
  func brokenSchedulesAreNamed(order: [Int], peakBytes: Int, fault: String) throws {
    let judge = ScheduleJudge(try problem())
    #expect(judge.firstFault(order: [0, 1, 2, 3], peakBytes: 63) == nil)
    #expect(judge.firstFault(order: [0, 2, 1, 3], peakBytes: 58) == nil)
    #expect(judge.firstFault(order: order, peakBytes: peakBytes) == fault)
  }

  @Test func precedencesCount() throws {
    let judge = ScheduleJudge(try problem(precedences: [.init(before: 1, after: 2)]))
    #expect(judge.firstFault(order: [0, 2, 1, 3], peakBytes: 58) == "step 2 runs before step 1")
    #expect(judge.firstFault(order: [0, 1, 2, 3], peakBytes: 63) == nil)
  }

  /// Only what dies in the step is written over.
  @Test func sharedBytesCountOnce() throws {
    let judge = ScheduleJudge(try problem([AllowedOverlap(first: 2, second: 1, .startsBefore(4))]))
    #expect(judge.firstFault(order: [0, 1, 2, 3], peakBytes: 45) == nil)
    let early = ScheduleJudge(try problem([AllowedOverlap(first: 1, second: 0, .equal)]))
    #expect(early.firstFault(order: [0, 1, 2, 3], peakBytes: 63) == nil)
  }

  @Test func withoutStepsEverythingIsLive() throws {
    let input = ScheduleProblem.Buffer(size: 40, producer: nil, consumers: [])
    let judge = ScheduleJudge(try ScheduleProblem(buffers: [input, input], transientBytes: []))
    #expect(judge.firstFault(order: [], peakBytes: 80) == nil)
    #expect(judge.firstFault(order: [], peakBytes: 40) != nil)
  }

  /// The count inside the searches gives the peak that the judge finds.
  @Test func fastCountAgrees() throws {
    var generator = SeededRandom(seed: 42)
    for _ in 0..<800 {
      let plain = try randomScheduleProblem(steps: 7, using: &generator)
      let problem = try randomOverlaps(of: plain, using: &generator)
      let order = problem.steps.topologicalOrder
      let peak = problem.liveBytes(along: order).max() ?? 0
      #expect(ScheduleJudge(problem).firstFault(order: order, peakBytes: peak) == nil, "\(problem.csv)")
    }
  }

  /// What a step shares is the most over all ways to lay what dies under what it writes.
  @Test func sharedBytesAreTheMost() throws {
    var generator = SeededRandom(seed: 43)
    for _ in 0..<60 {
      let sizes = (0..<3).map { _ in Int.random(in: 0...5, using: &generator) }
      let least = (0..<3).map { _ in Int.random(in: 0...9, using: &generator) }
      let written = Int.random(in: 0...9, using: &generator)
      var best = 0
      for starts in 0..<1000 {
        let offsets = [starts / 100, starts / 10 % 10, starts % 10]
        guard (0..<3).allSatisfy({ offsets[$0] >= least[$0] }) else { continue }
        // What begins behind the written buffer is in nobody's way.
        let ranges = (0..<3).filter { offsets[$0] < written }.map { offsets[$0]..<offsets[$0] + sizes[$0] }
        let areApart = ranges.indices.allSatisfy { one in
          ranges[..<one].allSatisfy { !$0.overlaps(ranges[one]) }
        }
        guard areApart else { continue }
        best = max(best, ranges.reduce(0) { $0 + $1.clamped(to: 0..<written).count })
      }
      let read = sizes.map { ScheduleProblem.Buffer(size: $0, producer: nil, consumers: [0]) }
      let output = ScheduleProblem.Buffer(size: written, producer: 0, consumers: [], isKept: true)
      let overlaps = (0..<3).map { AllowedOverlap(first: 3, second: $0, .startsBefore(least[$0])) }
      let problem = try ScheduleProblem(buffers: read + [output], transientBytes: [0], overlaps: overlaps)
      let peak = sizes.reduce(written, +) - best
      #expect(ScheduleJudge(problem).firstFault(order: [0], peakBytes: peak) == nil)
      #expect(problem.liveBytes(along: [0]) == [peak])
    }
  }
}

import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct EqualBranchesTests {
  /// A source, branches of two steps that are the same but for `odd`, and a step that joins them.
  private func branches(_ count: Int, odd: Int? = nil) throws -> ScheduleProblem {
    var buffers: [ScheduleProblem.Buffer] = [
      .init(size: 32, producer: 0, consumers: (0..<count).map { 2 * $0 + 1 })
    ]
    for branch in 0..<count {
      buffers.append(
        .init(size: branch == odd ? 80 : 64, producer: 2 * branch + 1, consumers: [2 * branch + 2]))
      buffers.append(.init(size: 16, producer: 2 * branch + 2, consumers: [2 * count + 1]))
    }
    buffers.append(.init(size: 8, producer: 2 * count + 1, consumers: [], isKept: true))
    return try ScheduleProblem(buffers: buffers, transientBytes: [Int](repeating: 0, count: 2 * count + 2))
  }

  @Test func equalBranchesAreOneGroup() throws {
    var equal = EqualBranches(try branches(4))
    #expect(equal.find().groups.map(\.copies) == [[[1, 2], [3, 4], [5, 6], [7, 8]]])
    var odd = EqualBranches(try branches(3, odd: 1))
    #expect(odd.find().groups.map(\.copies) == [[[1, 2], [5, 6]]])
  }

  /// Heads of attention, whose queries can be exchanged with their keys, but only in all heads at once: the heads are the group.
  private func heads(_ count: Int) throws -> ScheduleProblem {
    let last = 3 + 4 * count
    var buffers: [ScheduleProblem.Buffer] = [.init(size: 96, producer: nil, consumers: [0, 1, 2])]
    for part in 0..<3 {
      let readers = (0..<count).map { 3 + 4 * $0 + (part < 2 ? part : 3) }
      buffers.append(.init(size: 96, producer: part, consumers: readers))
    }
    for head in 0..<count {
      let first = 3 + 4 * head
      buffers.append(.init(size: 8, producer: first, consumers: [first + 2]))
      buffers.append(.init(size: 8, producer: first + 1, consumers: [first + 2]))
      buffers.append(.init(size: 48, producer: first + 2, consumers: [first + 3]))
      buffers.append(.init(size: 8, producer: first + 3, consumers: [last]))
    }
    buffers.append(.init(size: 96, producer: last, consumers: [], isKept: true))
    return try ScheduleProblem(buffers: buffers, transientBytes: [Int](repeating: 0, count: last + 1))
  }

  @Test func smallBranchesComeBeforeLargeOnes() throws {
    var branches = EqualBranches(try heads(6))
    #expect(branches.find().groups.map(\.copies.count) == [6])
    let result = try heads(12).optimizedOrder(OrderSearchOptions(stateBudget: 2_000))
    #expect(result.isProved && result.statesExpanded > 0)
    #expect(result.schedule.peakBytes == (try heads(12).optimizedOrder(known: result).schedule.peakBytes))
  }

  /// Copies of a random problem between a first and a last step: with branches in turn the lowest peak is as before.
  @Test func theLowestPeakStaysTheSame() throws {
    var generator = SeededRandom(seed: 41)
    var grouped = 0
    for round in 0..<120 {
      let part = try randomScheduleProblem(steps: 2 + round % 2, extraPrecedences: 0, using: &generator)
      let problem = try copies(of: part, count: 3 - round % 2)
      let (turned, branches) = problem.withEqualBranchesInTurn
      if !branches.isEmpty { grouped += 1 }
      let lowest = bruteForcePeak(of: problem)
      #expect(bruteForcePeak(of: turned) == lowest, "\(problem.csv)")
      for end in OrderEnd.allCases {
        let result = order(of: turned, from: end, branches)
        let schedule = try #require(result.schedule)
        try problem.validate(schedule)
        #expect(schedule.peakBytes == lowest && result.lowerBound == lowest, "\(end): \(problem.csv)")
      }
    }
    #expect(grouped > 60)
  }

  @Test func branchesOfManyHeadsAreProvedSooner() throws {
    let problem = try branches(12)
    let with = problem.optimizedOrder(OrderSearchOptions(stateBudget: 2_000))
    try problem.validate(with.schedule)
    #expect(with.isProved)
  }
}

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

  @Test func equalBranchesRunInTurn() throws {
    var equal = EqualBranches(try branches(4))
    let found = equal.precedences()
    #expect(found.contains(.init(before: 1, after: 3)))
    #expect(found.contains(.init(before: 3, after: 5)))
    #expect(found.contains(.init(before: 5, after: 7)))
    var odd = EqualBranches(try branches(3, odd: 1))
    #expect(!odd.precedences().contains { $0.before == 3 || $0.after == 3 })
    #expect(odd.precedences().contains(.init(before: 1, after: 5)))
  }

  /// Copies of a random problem between a first and a last step: with branches in turn the lowest peak is as before.
  @Test func theLowestPeakStaysTheSame() throws {
    var generator = SeededRandom(seed: 41)
    var narrowed = 0
    for round in 0..<120 {
      let part = try randomScheduleProblem(steps: 2 + round % 2, extraPrecedences: 0, using: &generator)
      let problem = try copies(of: part, count: 3 - round % 2)
      let turned = problem.withEqualBranchesInTurn
      if turned.precedences.count > problem.precedences.count { narrowed += 1 }
      #expect(bruteForcePeak(of: turned) == bruteForcePeak(of: problem), "\(problem.csv)")
    }
    #expect(narrowed > 60)
  }

  @Test func branchesOfManyHeadsAreProvedSooner() throws {
    let problem = try branches(12)
    let with = problem.optimizedOrder(OrderSearchOptions(stateBudget: 2_000))
    try problem.validate(with.schedule)
    #expect(with.isProved)
  }
}

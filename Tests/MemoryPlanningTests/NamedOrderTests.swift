import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct NamedOrderTests {
  @Test func everyOrderIsTopological() throws {
    var generator = SeededRandom(seed: 3)
    for _ in 0..<200 {
      let problem = try randomScheduleProblem(steps: 12, using: &generator)
      for order in [problem.breadthFirstOrder, problem.depthFirstOrder, problem.greedyOrder] {
        #expect(problem.isTopological(order))
        try problem.validate(problem.schedule(order))
      }
    }
  }

  @Test func ordersOfTwoBranchesAreWhatTheirNamesSay() throws {
    let edges = [(0, [1, 2]), (1, [3]), (2, [4]), (3, [5]), (4, [5]), (5, [])]
    let problem = try ScheduleProblem(
      buffers: edges.map { .init(size: 8, producer: $0.0, consumers: $0.1, isKept: $0.1.isEmpty) },
      transientBytes: [Int](repeating: 0, count: 6))
    #expect(problem.breadthFirstOrder == [0, 1, 2, 3, 4, 5])
    #expect(problem.depthFirstOrder == [0, 1, 3, 2, 4, 5])
  }

  @Test func greedyFreesMemoryFirst() throws {
    let problem = try ScheduleProblem(
      buffers: [
        .init(size: 10, producer: nil, consumers: [0]),
        .init(size: 90, producer: nil, consumers: [1]),
        .init(size: 20, producer: 0, consumers: [], isKept: true),
        .init(size: 5, producer: 1, consumers: [], isKept: true),
      ], transientBytes: [0, 0])
    #expect(problem.greedyOrder == [1, 0])
  }
}

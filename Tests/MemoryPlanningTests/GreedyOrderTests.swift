import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct GreedyOrderTests {
  @Test func takesTheBestOfAllReadySteps() throws {
    var generator = SeededRandom(seed: 12)
    for round in 0..<200 {
      let problem = try randomScheduleProblem(steps: 2 + round % 20, using: &generator)
      #expect(problem.greedyOrder == plain(problem), "\(problem.csv)")
    }
  }

  @Test func manyReadersOfOneBufferAreQuick() throws {
    let count = 10_000
    var buffers = (0..<count).map {
      ScheduleProblem.Buffer(size: 16, producer: $0, consumers: [count])
    }
    buffers.append(.init(size: 16, producer: nil, consumers: Array(0..<count)))
    let problem = try ScheduleProblem(
      buffers: buffers, transientBytes: [Int](repeating: 0, count: count + 1))
    #expect(problem.greedyOrder == Array(0...count))
  }

  /// All ready steps are looked at before each one.
  private func plain(_ problem: ScheduleProblem) -> [Int] {
    let graph = problem.steps
    var order: [Int] = []
    func key(_ step: Int) -> (Int, Int, Int) {
      var (written, freed) = (0, 0)
      for (index, buffer) in problem.buffers.enumerated() {
        let isLast =
          !buffer.isKept && buffer.consumers.allSatisfy { $0 == step || order.contains($0) }
        if buffer.producer == step { written += buffer.size }
        if isLast, graph.inputs[step].contains(index) || graph.outputs[step].contains(index) {
          freed += buffer.size
        }
      }
      return (written - freed, written + problem.transientBytes[step], step)
    }
    while order.count < problem.stepCount {
      let ready = (0..<problem.stepCount).filter { step in
        !order.contains(step) && graph.predecessors[step].allSatisfy(order.contains)
      }
      guard let next = ready.min(by: { key($0) < key($1) }) else { break }
      order.append(next)
    }
    return order
  }
}

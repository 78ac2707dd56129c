/// Runs the ready step that leaves the least memory in use, again and again.
///
/// A step's bytes change only where it becomes the last reader of one of its inputs: its entry in the heap is then
/// made anew, and the old one is passed over.
struct GreedyOrder {
  private struct Entry: Comparable {
    let left: Int
    let peak: Int
    let step: Int

    static func < (left: Entry, right: Entry) -> Bool {
      (left.left, left.peak, left.step) < (right.left, right.peak, right.step)
    }
  }

  private let problem: ScheduleProblem
  private let graph: StepGraph
  /// Readers that a buffer still waits for, one more where it is kept.
  private var unread: [Int]
  private var isDone: [Bool]
  private var ready = MinHeap<Entry>()

  init(_ problem: ScheduleProblem) {
    self.problem = problem
    graph = problem.steps
    unread = problem.buffers.map { $0.consumers.count + ($0.isKept ? 1 : 0) }
    isDone = [Bool](repeating: false, count: problem.stepCount)
  }

  mutating func run() -> [Int] {
    var waiting = graph.predecessors.map(\.count)
    for step in waiting.indices where waiting[step] == 0 { ready.push(entry(of: step)) }
    var order: [Int] = []
    while let next = ready.pop() {
      let step = next.step
      guard !isDone[step], next == entry(of: step) else { continue }
      isDone[step] = true
      order.append(step)
      for buffer in graph.inputs[step] {
        unread[buffer] -= 1
        guard unread[buffer] == 1 else { continue }
        for reader in problem.buffers[buffer].consumers where !isDone[reader] && waiting[reader] == 0 {
          ready.push(entry(of: reader))
        }
      }
      for follower in graph.successors[step] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { ready.push(entry(of: follower)) }
      }
    }
    return order
  }

  /// What a step leaves in use more than before, and what it writes.
  private func entry(of step: Int) -> Entry {
    var (written, freed) = (0, 0)
    for buffer in graph.outputs[step] {
      written += problem.buffers[buffer].size
      if unread[buffer] == 0 { freed += problem.buffers[buffer].size }
    }
    for buffer in graph.inputs[step] where unread[buffer] == 1 { freed += problem.buffers[buffer].size }
    return Entry(left: written - freed, peak: written + problem.transientBytes[step], step: step)
  }
}

extension ScheduleProblem {
  /// The order by which the ready operator that leaves the least memory in use runs next; among
  /// equals the one with the lower step peak, then the lower index.
  package var greedyOrder: [Int] {
    var greedy = GreedyOrder(self)
    return greedy.run()
  }
}

/// The steps of a `ScheduleProblem` as a graph of dense arrays.
struct StepGraph: Sendable, Equatable {
  /// Steps that must come before, ascending, by step.
  let predecessors: [[Int]]
  /// Steps that must come after, ascending, by step.
  let successors: [[Int]]
  /// Buffers that a step writes.
  let outputs: [[Int]]
  /// Buffers that a step reads.
  let inputs: [[Int]]

  init(
    _ buffers: [ScheduleProblem.Buffer], _ precedences: [ScheduleProblem.Precedence], stepCount: Int
  ) {
    var predecessors = [[Int]](repeating: [], count: stepCount)
    var outputs = predecessors
    var inputs = predecessors
    for (index, buffer) in buffers.enumerated() {
      if let producer = buffer.producer { outputs[producer].append(index) }
      for consumer in buffer.consumers {
        inputs[consumer].append(index)
        if let producer = buffer.producer { predecessors[consumer].append(producer) }
      }
    }
    for precedence in precedences { predecessors[precedence.after].append(precedence.before) }
    var successors = [[Int]](repeating: [], count: stepCount)
    for step in 0..<stepCount {
      predecessors[step].sortAndDropEquals()
      for other in predecessors[step] { successors[other].append(step) }
    }
    self.predecessors = predecessors
    self.successors = successors
    self.outputs = outputs
    self.inputs = inputs
  }

  var stepCount: Int { predecessors.count }

  /// A topological order, smallest index first among ready steps; shorter than the step count where
  /// the graph has a cycle.
  var topologicalOrder: [Int] {
    var waiting = predecessors.map(\.count)
    var heap = MinHeap<Int>()
    for step in waiting.indices where waiting[step] == 0 { heap.push(step) }
    var order: [Int] = []
    while let step = heap.pop() {
      order.append(step)
      for next in successors[step] {
        waiting[next] -= 1
        if waiting[next] == 0 { heap.push(next) }
      }
    }
    return order
  }

  /// A step on a cycle or behind one, or nil where the graph is acyclic.
  var stepOnCycle: Int? {
    let order = topologicalOrder
    guard order.count < stepCount else { return nil }
    return Set(0..<stepCount).subtracting(order).min()
  }

  /// For every step, the steps that come before it in any order.
  var ancestors: [BitSet] {
    var result = [BitSet](repeating: BitSet(capacity: stepCount), count: stepCount)
    for step in topologicalOrder {
      for before in predecessors[step] {
        result[step].formUnion(result[before])
        result[step].insert(before)
      }
    }
    return result
  }

  /// For every step, the steps that come after it in any order.
  var descendants: [BitSet] {
    var result = [BitSet](repeating: BitSet(capacity: stepCount), count: stepCount)
    for step in topologicalOrder.reversed() {
      for after in successors[step] {
        result[step].formUnion(result[after])
        result[step].insert(after)
      }
    }
    return result
  }
}

extension [Int] {
  /// Sorts and keeps one of those that are equal.
  mutating func sortAndDropEquals() {
    guard count > 1 else { return }
    sort()
    var kept = 1
    for index in 1..<count where self[index] != self[kept - 1] {
      self[kept] = self[index]
      kept += 1
    }
    removeLast(count - kept)
  }
}

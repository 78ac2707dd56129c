/// Execution orders that people compare, by the name the tool gives them.
package enum NamedOrder: String, CaseIterable, Sendable {
  /// The order in which the file lists its operators.
  case file
  /// Level by level: an operator runs as soon as all its inputs are there.
  case breadthFirst = "breadth-first"
  /// One branch to its end before the next one starts.
  case depthFirst = "depth-first"
  /// Always the ready operator that leaves the least memory in use.
  case greedy
  /// The order with the lowest peak that the search finds, with a proof where it finishes.
  case optimal
}

extension ScheduleProblem {
  /// The order by which an operator runs as soon as it can, first come, first served.
  package var breadthFirstOrder: [Int] {
    let graph = steps
    var waiting = graph.predecessors.map(\.count)
    var queue = waiting.indices.filter { waiting[$0] == 0 }
    var head = 0
    while head < queue.count {
      for next in graph.successors[queue[head]] {
        waiting[next] -= 1
        if waiting[next] == 0 { queue.append(next) }
      }
      head += 1
    }
    return queue
  }

  /// The order by which the newest ready operator runs first.
  package var depthFirstOrder: [Int] {
    let graph = steps
    var waiting = graph.predecessors.map(\.count)
    var stack = Array(waiting.indices.filter { waiting[$0] == 0 }.reversed())
    var order: [Int] = []
    while let step = stack.popLast() {
      order.append(step)
      for next in graph.successors[step].reversed() {
        waiting[next] -= 1
        if waiting[next] == 0 { stack.append(next) }
      }
    }
    return order
  }
}

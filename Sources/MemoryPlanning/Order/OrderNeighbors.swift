import Tensors

/// Walks from one valid order of steps to others nearby, the same way for the same seed.
package struct OrderNeighbors: Sendable {
  private let graph: StepGraph
  private var random: SeededRandom

  package init(_ problem: ScheduleProblem, seed: UInt64) {
    graph = problem.steps
    random = SeededRandom(seed: seed)
  }

  /// The order with one step moved to another place between the steps that it waits for and those that wait
  /// for it; nil where the step that was drawn cannot move.
  package mutating func neighbor(of order: [Int]) -> [Int]? {
    let from = random.next(below: order.count)
    let step = order[from]
    var earliest = from
    while earliest > 0, !graph.predecessors[step].contains(order[earliest - 1]) { earliest -= 1 }
    var latest = from
    while latest + 1 < order.count, !graph.successors[step].contains(order[latest + 1]) { latest += 1 }
    guard earliest < latest else { return nil }
    var place = earliest + random.next(below: latest - earliest)
    if place >= from { place += 1 }
    var moved = order
    moved.remove(at: from)
    moved.insert(step, at: place)
    return moved
  }
}

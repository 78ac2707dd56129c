/// Walks from one valid order of steps to others nearby, the same way for the same seed.
package struct OrderNeighbors: Sendable {
  private let graph: StepGraph
  private var state: UInt64

  package init(_ problem: ScheduleProblem, seed: UInt64) {
    graph = StepGraph(problem)
    state = seed
  }

  /// A number below `bound` (SplitMix64, Steele et al. 2014).
  package mutating func random(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(max(bound, 1)))
  }

  /// The order with one step moved to another place between the steps that it waits for and those that wait
  /// for it; nil where the step that was drawn cannot move.
  package mutating func neighbor(of order: [Int]) -> [Int]? {
    let from = random(below: order.count)
    let step = order[from]
    var earliest = from
    while earliest > 0, !graph.predecessors[step].contains(order[earliest - 1]) { earliest -= 1 }
    var latest = from
    while latest + 1 < order.count, !graph.successors[step].contains(order[latest + 1]) { latest += 1 }
    guard earliest < latest else { return nil }
    var place = earliest + random(below: latest - earliest)
    if place >= from { place += 1 }
    var moved = order
    moved.remove(at: from)
    moved.insert(step, at: place)
    return moved
  }
}

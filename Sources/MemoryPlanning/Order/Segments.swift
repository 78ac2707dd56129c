/// A piece of a schedule problem that can be ordered on its own.
struct Segment {
  /// The steps of the whole problem, by the piece's own index.
  let steps: [Int]
  let problem: ScheduleProblem
}

extension ScheduleProblem {
  /// The pieces between states that every order passes through, in execution order.
  ///
  /// A step that is ordered against every other one has the same steps before it, and behind it, in
  /// any order; what is live there is the same too. Such a step is a piece of its own.
  var segments: [Segment] {
    let graph = StepGraph(self)
    let ancestors = graph.ancestors
    var related = ancestors.map(\.count)
    for set in ancestors {
      for step in 0..<stepCount where set.contains(step) { related[step] += 1 }
    }
    var groups: [[Int]] = []
    var open: [Int] = []
    let cuts = (0..<stepCount).filter { related[$0] == stepCount - 1 }
      .sorted { ancestors[$0].count < ancestors[$1].count }
    var nextCut = 0
    let byDepth = graph.topologicalOrder.sorted {
      (ancestors[$0].count, $0) < (ancestors[$1].count, $1)
    }
    for step in byDepth {
      if nextCut < cuts.count, cuts[nextCut] == step {
        if !open.isEmpty { groups.append(open) }
        groups.append([step])
        open = []
        nextCut += 1
      } else {
        open.append(step)
      }
    }
    if !open.isEmpty { groups.append(open) }
    return groups.enumerated().map { index, steps in piece(steps.sorted(), index, groups) }
  }

  private func piece(_ steps: [Int], _ index: Int, _ groups: [[Int]]) -> Segment {
    var group = [Int](repeating: 0, count: stepCount)
    for (number, members) in groups.enumerated() {
      for step in members { group[step] = number }
    }
    var local = [Int](repeating: -1, count: stepCount)
    for (position, step) in steps.enumerated() { local[step] = position }
    var pieceBuffers: [Buffer] = []
    for buffer in buffers {
      let producedIn = buffer.producer.map { group[$0] } ?? -1
      guard producedIn <= index else { continue }
      let isEndless = buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty)
      let isKept = isEndless || buffer.consumers.contains { group[$0] > index }
      let readers = buffer.consumers.filter { group[$0] == index }.map { local[$0] }
      guard producedIn == index || isKept || !readers.isEmpty else { continue }
      let producer = producedIn == index ? buffer.producer.map { local[$0] } : nil
      pieceBuffers.append(
        Buffer(size: buffer.size, producer: producer, consumers: readers, isKept: isKept))
    }
    let inner = precedences.filter { group[$0.before] == index && group[$0.after] == index }
    return Segment(
      steps: steps,
      problem: ScheduleProblem(
        unchecked: pieceBuffers,
        precedences: inner.map { Precedence(before: local[$0.before], after: local[$0.after]) },
        transientBytes: steps.map { transientBytes[$0] }))
  }
}

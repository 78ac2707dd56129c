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
    let graph = steps
    let depths = graph.ancestors.map(\.count)
    let related = zip(depths, graph.descendants).map { $0 + $1.count }
    var groups: [[Int]] = []
    var open: [Int] = []
    let cuts = (0..<stepCount).filter { related[$0] == stepCount - 1 }
      .sorted { depths[$0] < depths[$1] }
    var nextCut = 0
    let byDepth = graph.topologicalOrder.sorted { (depths[$0], $0) < (depths[$1], $1) }
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
    return pieces(groups.map { $0.sorted() })
  }

  /// The problems of groups of steps that follow each other, made in one pass over the buffers.
  private func pieces(_ groups: [[Int]]) -> [Segment] {
    var group = [Int](repeating: 0, count: stepCount)
    var local = [Int](repeating: 0, count: stepCount)
    for (number, steps) in groups.enumerated() {
      for (position, step) in steps.enumerated() { (group[step], local[step]) = (number, position) }
    }
    var pieceBuffers = [[Buffer]](repeating: [], count: groups.count)
    var places = [(first: Int, positions: [Int])](repeating: (0, []), count: buffers.count)
    for (number, buffer) in buffers.enumerated() {
      let isEndless = buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty)
      let first = buffer.producer.map { group[$0] } ?? 0
      let last = isEndless ? groups.count - 1 : buffer.consumers.map { group[$0] }.max() ?? first
      guard first <= last else { continue }
      places[number].first = first
      var readers: [Int: [Int]] = [:]
      for reader in buffer.consumers { readers[group[reader], default: []].append(local[reader]) }
      for index in first...last {
        places[number].positions.append(pieceBuffers[index].count)
        pieceBuffers[index].append(
          Buffer(
            size: buffer.size,
            producer: index == first ? buffer.producer.map { local[$0] } : nil,
            consumers: readers[index] ?? [],
            isKept: isEndless || index < last))
      }
    }
    let overlaps = overlapsByPiece(groups.count, group, places)
    var inner = [[Precedence]](repeating: [], count: groups.count)
    for precedence in precedences where group[precedence.before] == group[precedence.after] {
      inner[group[precedence.before]].append(
        Precedence(before: local[precedence.before], after: local[precedence.after]))
    }
    return groups.enumerated().map { index, steps in
      Segment(
        steps: steps,
        problem: ScheduleProblem(
          unchecked: pieceBuffers[index], precedences: inner[index],
          transientBytes: steps.map { transientBytes[$0] }, overlaps: overlaps[index]))
    }
  }

  /// The overlaps of each piece: those of the buffers that its steps write.
  ///
  /// - Parameters:
  ///   - group: a step's piece.
  ///   - places: a buffer's first piece, and its positions in that and the following ones.
  private func overlapsByPiece(
    _ count: Int, _ group: [Int], _ places: [(first: Int, positions: [Int])]
  ) -> [[AllowedOverlap]] {
    var result = [[AllowedOverlap]](repeating: [], count: count)
    for overlap in overlaps {
      guard let step = buffers[overlap.first].producer else { continue }
      let (written, read) = (places[overlap.first], places[overlap.second])
      result[group[step]].append(
        AllowedOverlap(
          first: written.positions[group[step] - written.first],
          second: read.positions[group[step] - read.first], overlap.condition))
    }
    return result
  }
}

import MemoryPlanning
import Tensors

/// Nets as bare problems of ordering, as large as one likes: each step writes one buffer.
enum SyntheticNets {
  /// Steps in a row.
  static func chain(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    try net((0..<count).map { [$0 - 1] }, seed: 1)
  }

  /// Steps in a row, every third of which also reads what the third before it read.
  static func residual(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    try net((0..<count).map { $0 % 3 == 2 ? [$0 - 1, $0 - 3] : [$0 - 1] }, seed: 2)
  }

  /// Cells of twelve steps that read the two cells before, with five sums of pairs and one step that joins them.
  static func cells(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    var reads: [[Int]] = []
    var ends = (-1, -1)
    while reads.count + 12 <= count {
      let first = reads.count
      for branch in 0..<6 { reads.append([branch.isMultiple(of: 2) ? ends.0 : ends.1]) }
      for sum in 0..<5 { reads.append([first + sum, first + (sum + 1) % 6]) }
      reads.append((6..<11).map { first + $0 })
      ends = (ends.1, reads.count - 1)
    }
    return try net(reads, seed: 3)
  }

  /// Steps that read the input, and one that reads them all.
  static func wide(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    try net((0..<count - 1).map { _ in [-1] } + [Array(0..<count - 1)], seed: 4)
  }

  /// A step in a row and the input, added again and again.
  static func additions(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    try net((0..<count).map { $0 == 0 ? [-1] : [$0 - 1, -1] }, seed: 5)
  }

  /// Steps that read some of the eight before.
  static func dense(_ count: Int) throws(PlanningError) -> ScheduleProblem {
    var random = SeededRandom(seed: 6)
    let reads = (0..<count).map { step in
      (max(-1, step - 8)..<step).filter { $0 == step - 1 || random.next(below: 2) == 0 }
    }
    return try net(reads, seed: 6)
  }

  /// A ring in which each node knows its four neighbors, a quarter of the edges drawn anew (Watts & Strogatz, 1998),
  /// directed from lower to higher numbers as in randomly wired nets (Xie et al., 2019); nodes of one size.
  static func wattsStrogatz(_ count: Int, seed: UInt64) throws(PlanningError) -> ScheduleProblem {
    var random = SeededRandom(seed: seed)
    var reads = [Set<Int>](repeating: [], count: count)
    for node in 0..<count {
      for distance in 1...2 {
        var other = (node + distance) % count
        if random.next(below: 4) == 0 { other = random.next(below: count) }
        if other != node { reads[max(node, other)].insert(min(node, other)) }
      }
    }
    return try net(reads.map { $0.isEmpty ? [-1] : $0.sorted() }, seed: seed, sizes: 1)
  }

  /// - Parameters:
  ///   - reads: the steps whose buffers a step reads, by step; -1 for the input.
  ///   - sizes: how many different sizes there are.
  private static func net(
    _ reads: [[Int]], seed: UInt64, sizes: Int = 64
  ) throws(PlanningError) -> ScheduleProblem {
    var random = SeededRandom(seed: seed)
    var consumers = [[Int]](repeating: [], count: reads.count + 1)
    for (step, before) in reads.enumerated() {
      for other in before { consumers[other + 1].append(step) }
    }
    let buffers = consumers.enumerated().map { index, consumers in
      ScheduleProblem.Buffer(
        size: 16 * (64 + random.next(below: sizes)), producer: index == 0 ? nil : index - 1,
        consumers: consumers, isKept: consumers.isEmpty)
    }
    return try ScheduleProblem(
      buffers: buffers, transientBytes: [Int](repeating: 0, count: reads.count))
  }
}

extension ScheduleProblem {
  /// Buffers with the lifetimes that an order gives them; with `overlaps`, what a step writes may start where an input
  /// that dies with it does.
  func placement(inOrder order: [Int], overlaps hasOverlaps: Bool) throws(PlanningError) -> PlacementProblem {
    var position = [Int](repeating: 0, count: order.count)
    for (place, step) in order.enumerated() { position[step] = place }
    var overlaps: [AllowedOverlap] = []
    let ends = buffers.map { buffer in
      buffer.isKept ? order.count : (buffer.consumers.map { position[$0] }.max() ?? 0) + 1
    }
    var written = [Int](repeating: -1, count: order.count)
    for (index, buffer) in buffers.enumerated() {
      if let producer = buffer.producer { written[position[producer]] = index }
    }
    let placed = buffers.enumerated().map { index, buffer in
      let lower = buffer.producer.map { position[$0] } ?? 0
      return PlacementProblem.Buffer(
        size: buffer.size, lower: lower, upper: max(ends[index], lower + 1), alignment: 16)
    }
    for (index, buffer) in buffers.enumerated() where hasOverlaps && !buffer.isKept && ends[index] > 0 {
      let writer = written[ends[index] - 1]
      guard writer >= 0, writer != index, !buffer.consumers.isEmpty else { continue }
      overlaps.append(AllowedOverlap(first: writer, second: index, .startsBefore(0)))
    }
    return try PlacementProblem(buffers: placed, overlaps: overlaps)
  }
}

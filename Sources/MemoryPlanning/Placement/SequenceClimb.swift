import Tensors

/// Improves the sequence in which a lowest-fit placement takes buffers, step by step.
///
/// The buffer that ends highest is moved before one that it is live together with; a sequence that is not
/// worse is kept. Most placements that a lowest-fit sequence misses fail because a buffer that must start
/// below another was placed behind it.
struct SequenceClimb {
  private struct Neighbor {
    let other: Int
    /// Least distances between the starts, where this buffer is above and below.
    let whenAbove: Int
    let whenBelow: Int
    let mayBeEqual: Bool
  }

  private let problem: PlacementProblem
  private let neighbors: [[Neighbor]]
  private var random = SeededRandom(seed: 1)
  private var offsets: [Int]
  private var isPlaced: [Bool]
  /// Stretches of addresses that the buffer being placed may not start in, by their lower ends.
  private var stretches: [Stretch] = []

  private struct Stretch {
    let below: Int
    let from: Int
  }

  /// - Precondition: no buffer has a fixed offset.
  init(_ problem: PlacementProblem) {
    self.problem = problem
    offsets = [Int](repeating: 0, count: problem.buffers.count)
    isPlaced = [Bool](repeating: false, count: problem.buffers.count)
    var neighbors = [[Neighbor]](repeating: [], count: problem.buffers.count)
    let byStart = problem.buffers.indices.filter { problem.buffers[$0].size > 0 }
      .sorted { (problem.buffers[$0].lower, $0) < (problem.buffers[$1].lower, $1) }
    for (position, one) in byStart.enumerated() {
      for two in byStart[(position + 1)...] {
        guard problem.buffers[two].lower < problem.buffers[one].upper else { break }
        let partner = problem.partner(of: one, two)
        let above = partner?.whenAbove ?? problem.buffers[two].size
        let below = partner?.whenBelow ?? problem.buffers[one].size
        let isEqual = partner?.mayBeEqual ?? false
        neighbors[one].append(
          Neighbor(other: two, whenAbove: above, whenBelow: below, mayBeEqual: isEqual))
        neighbors[two].append(
          Neighbor(other: one, whenAbove: below, whenBelow: above, mayBeEqual: isEqual))
      }
    }
    self.neighbors = neighbors
  }

  /// - Parameters:
  ///   - start: the sequence to start from.
  ///   - rounds: moves that are tried.
  ///   - goal: an arena that is good enough, in bytes.
  mutating func run(from start: [Int], rounds: Int, goal: Int) -> Placement {
    var sequence = start
    var end = place(sequence, from: 0, limit: .max) ?? 0
    var kept = offsets
    var best = offsets
    var bestEnd = end
    for _ in 0..<rounds where bestEnd > goal {
      var trial = sequence
      guard let first = promoteHighest(in: &trial, end: end) else { break }
      if let trialEnd = place(trial, from: first, limit: end) {
        (sequence, end, kept) = (trial, trialEnd, offsets)
        if end < bestEnd { (best, bestEnd) = (offsets, end) }
      } else {
        offsets = kept
        for index in sequence { isPlaced[index] = true }
      }
    }
    return problem.placement(best)
  }

  /// Moves a buffer that ends highest before a neighbor, drawn from those that come before it.
  ///
  /// - Returns: where the sequence is another from; nil where nothing can be moved.
  private mutating func promoteHighest(in sequence: inout [Int], end: Int) -> Int? {
    var position = [Int](repeating: 0, count: offsets.count)
    for (place, index) in sequence.enumerated() { position[index] = place }
    let highest = sequence.filter { offsets[$0] + problem.buffers[$0].size == end }
    let chosen = highest[random.next(below: highest.count)]
    var earlier = neighbors[chosen].map(\.other).filter { position[$0] < position[chosen] }
    var moved = chosen
    if earlier.isEmpty {
      let others = neighbors[chosen].map(\.other)
      guard !others.isEmpty else { return nil }
      moved = others[random.next(below: others.count)]
      earlier = neighbors[moved].map(\.other).filter { position[$0] < position[moved] }
    }
    guard !earlier.isEmpty else { return sequence.count }
    let target = position[earlier[random.next(below: earlier.count)]]
    sequence.remove(at: position[moved])
    sequence.insert(moved, at: target)
    return target
  }

  /// Places the buffers of a sequence from a position on, each as low as it can be behind those before it.
  ///
  /// - Returns: the end of the highest of all; nil where it is above the limit.
  private mutating func place(_ sequence: [Int], from first: Int, limit: Int) -> Int? {
    for index in sequence[first...] { isPlaced[index] = false }
    var end = 0
    for (position, index) in sequence.enumerated() {
      if position >= first {
        offsets[index] = lowestOffset(of: index)
        isPlaced[index] = true
      }
      end = max(end, offsets[index] + problem.buffers[index].size)
      guard end <= limit else { return nil }
    }
    return end
  }

  private mutating func lowestOffset(of index: Int) -> Int {
    let alignment = problem.buffers[index].alignment
    var hasEquals = false
    stretches.removeAll(keepingCapacity: true)
    for neighbor in neighbors[index] where isPlaced[neighbor.other] {
      let offset = offsets[neighbor.other]
      stretches.append(Stretch(below: offset - neighbor.whenBelow, from: offset + neighbor.whenAbove))
      if neighbor.mayBeEqual { hasEquals = true }
    }
    sortStretches()
    var offset = 0
    for stretch in stretches {
      if offset <= stretch.below { break }
      if stretch.from > offset { offset = stretch.from.roundedUp(to: alignment) }
    }
    return hasEquals ? min(offset, lowestEqual(of: index) ?? offset) : offset
  }

  /// Few are the rule, and a loop sorts those quicker than the library.
  private mutating func sortStretches() {
    guard stretches.count <= 32 else { return stretches.sort { $0.below < $1.below } }
    for next in stretches.indices.dropFirst() {
      let stretch = stretches[next]
      var place = next
      while place > 0, stretches[place - 1].below > stretch.below {
        stretches[place] = stretches[place - 1]
        place -= 1
      }
      stretches[place] = stretch
    }
  }

  /// The lowest start of a buffer whose address this one may share, where nothing else is in the way.
  private func lowestEqual(of index: Int) -> Int? {
    let starts = neighbors[index].filter { $0.mayBeEqual && isPlaced[$0.other] }.map { offsets[$0.other] }
    return starts.filter { start in
      start % problem.buffers[index].alignment == 0
        && neighbors[index].allSatisfy { neighbor in
          let distance = start - offsets[neighbor.other]
          return !isPlaced[neighbor.other] || distance >= neighbor.whenAbove
            || -distance >= neighbor.whenBelow || (neighbor.mayBeEqual && distance == 0)
        }
    }.min()
  }
}

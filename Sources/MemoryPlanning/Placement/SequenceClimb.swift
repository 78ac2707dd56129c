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
    var end = place(sequence)
    var best = offsets
    var bestEnd = end
    for _ in 0..<rounds where bestEnd > goal {
      var trial = sequence
      guard promoteHighest(in: &trial, end: end) else { break }
      let trialEnd = place(trial)
      if trialEnd <= end { (sequence, end) = (trial, trialEnd) }
      if trialEnd < bestEnd { (best, bestEnd) = (offsets, trialEnd) }
      if trialEnd > end { end = place(sequence) }
    }
    return problem.placement(best)
  }

  /// Moves a buffer that ends highest before a neighbor, drawn from those that come before it.
  private mutating func promoteHighest(in sequence: inout [Int], end: Int) -> Bool {
    var position = [Int](repeating: 0, count: offsets.count)
    for (place, index) in sequence.enumerated() { position[index] = place }
    let highest = sequence.filter { offsets[$0] + problem.buffers[$0].size == end }
    let chosen = highest[random.next(below: highest.count)]
    var earlier = neighbors[chosen].map(\.other).filter { position[$0] < position[chosen] }
    var moved = chosen
    if earlier.isEmpty {
      let others = neighbors[chosen].map(\.other)
      guard !others.isEmpty else { return false }
      moved = others[random.next(below: others.count)]
      earlier = neighbors[moved].map(\.other).filter { position[$0] < position[moved] }
    }
    guard !earlier.isEmpty else { return true }
    let target = position[earlier[random.next(below: earlier.count)]]
    sequence.remove(at: position[moved])
    sequence.insert(moved, at: target)
    return true
  }

  /// Places all buffers in a sequence, each as low as it can be.
  ///
  /// - Returns: the end of the highest.
  private mutating func place(_ sequence: [Int]) -> Int {
    for index in isPlaced.indices { isPlaced[index] = false }
    var end = 0
    for index in sequence {
      offsets[index] = lowestOffset(of: index)
      isPlaced[index] = true
      end = max(end, offsets[index] + problem.buffers[index].size)
    }
    return end
  }

  private func lowestOffset(of index: Int) -> Int {
    let alignment = problem.buffers[index].alignment
    var stretches: [(below: Int, from: Int)] = []
    stretches.reserveCapacity(neighbors[index].count)
    var hasEquals = false
    for neighbor in neighbors[index] where isPlaced[neighbor.other] {
      let offset = offsets[neighbor.other]
      stretches.append((offset - neighbor.whenBelow, offset + neighbor.whenAbove))
      if neighbor.mayBeEqual { hasEquals = true }
    }
    stretches.sort { ($0.below, $0.from) < ($1.below, $1.from) }
    var offset = 0
    for stretch in stretches {
      if offset <= stretch.below { break }
      offset = max(offset, stretch.from.roundedUp(to: alignment))
    }
    return hasEquals ? min(offset, lowestEqual(of: index) ?? offset) : offset
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

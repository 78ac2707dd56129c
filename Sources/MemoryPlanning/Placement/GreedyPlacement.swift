/// Sequences in which a greedy placement takes buffers.
package enum GreedyStrategy: CaseIterable, Sendable {
  /// Largest first (Lee & Pisarchyk, "Efficient Memory Management for Deep Neural Net Inference", 2020).
  case size
  /// Largest product of size and lifetime first.
  case area
  /// Most bytes live together with the buffer first.
  case conflicts
  /// Longest lifetime first.
  case lifetime
  /// Earliest first.
  case start
}

extension PlacementProblem {
  /// Places buffers one after the other, each in the lowest gap that takes it.
  package func greedyPlacement(by strategy: GreedyStrategy) -> Placement {
    let keys = buffers.indices.map { key(of: $0, by: strategy) }
    let sequence = buffers.indices.sorted {
      (-keys[$0], -buffers[$0].size, $0) < (-keys[$1], -buffers[$1].size, $1)
    }
    return placement(inSequence: sequence)
  }

  /// Places buffers in a given sequence, those with fixed offsets before all others.
  package func placement(inSequence sequence: [Int]) -> Placement {
    var offsets = buffers.map { $0.fixedOffset ?? 0 }
    var placed = buffers.indices.filter { buffers[$0].fixedOffset != nil }
    placed.sort { (offsets[$0], $0) < (offsets[$1], $1) }
    for index in sequence where buffers[index].fixedOffset == nil {
      let buffer = buffers[index]
      var offset = 0
      for other in placed where buffer.isLiveTogether(with: buffers[other]) && buffers[other].size > 0 {
        if offset + buffer.size <= offsets[other] { break }
        offset = max(offset, (offsets[other] + buffers[other].size).roundedUp(to: buffer.alignment))
      }
      offsets[index] = offset
      let place = placed.firstIndex { (offsets[$0], $0) > (offset, index) } ?? placed.count
      placed.insert(index, at: place)
    }
    return placement(offsets)
  }

  private func key(of index: Int, by strategy: GreedyStrategy) -> Int {
    let buffer = buffers[index]
    switch strategy {
    case .size: return buffer.size
    case .area: return buffer.area
    case .conflicts:
      return buffers.reduce(0) { $0 + ($1.isLiveTogether(with: buffer) ? $1.size : 0) }
    case .lifetime: return buffer.upper - buffer.lower
    case .start: return -buffer.lower
    }
  }
}

extension Int {
  /// The smallest multiple of `alignment` that is not below this number.
  package func roundedUp(to alignment: Int) -> Int {
    let remainder = self % alignment
    return remainder == 0 ? self : self + alignment - remainder
  }
}

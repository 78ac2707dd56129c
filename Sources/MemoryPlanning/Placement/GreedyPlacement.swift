import Tensors

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
  /// Latest first: what may start below an input is placed before the input.
  case end
}

extension PlacementProblem {
  /// Places buffers one after the other, each in the lowest gap that takes it.
  package func greedyPlacement(by strategy: GreedyStrategy) -> Placement {
    placement(inSequence: sequence(by: strategy))
  }

  func sequence(by strategy: GreedyStrategy) -> [Int] {
    let keys = buffers.indices.map(key(by: strategy))
    return buffers.indices.sorted {
      (-keys[$0], -buffers[$0].size, $0) < (-keys[$1], -buffers[$1].size, $1)
    }
  }

  /// Places buffers in a given sequence, those with fixed offsets before all others.
  package func placement(inSequence sequence: [Int]) -> Placement {
    var offsets = buffers.map { $0.fixedOffset ?? 0 }
    var isPlaced = buffers.map { $0.fixedOffset != nil }
    var placed = buffers.indices.filter { isPlaced[$0] }
    placed.sort { (offsets[$0], $0) < (offsets[$1], $1) }
    let lifetimes = buffers.count > 64 ? LifetimeIndex(buffers) : nil
    for index in sequence where buffers[index].fixedOffset == nil {
      var others = placed
      // Few of many are found and sorted sooner than all are looked at.
      if let lifetimes, lifetimes.conflictCount(of: index) < placed.count / 8 {
        others = lifetimes.conflicts(of: index).filter { isPlaced[$0] }
        others.sort { (offsets[$0], $0) < (offsets[$1], $1) }
      }
      offsets[index] = lowestOffset(of: index, among: others, at: offsets)
      isPlaced[index] = true
      let position = (offsets[index], index)
      placed.insert(index, at: placed.partitionPoint { (offsets[$0], $0) < position })
    }
    return placement(offsets)
  }

  /// The lowest place of a buffer among others.
  ///
  /// - Parameter placed: buffers with an offset, by rising offset.
  func lowestOffset(of index: Int, among placed: [Int], at offsets: [Int]) -> Int {
    let buffer = buffers[index]
    var offset = 0
    guard partners[index].isEmpty else { return lowestOffsetBesidePartners(index, placed, offsets) }
    for other in placed where buffer.isLiveTogether(with: buffers[other]) && buffers[other].size > 0 {
      if offset + buffer.size <= offsets[other] { break }
      offset = max(offset, (offsets[other] + buffers[other].size).roundedUp(to: buffer.alignment))
    }
    return offset
  }

  /// Starts that a placed buffer rules out: those above `below` and under `from`.
  private struct Stretch: Comparable {
    let below: Int
    let from: Int

    static func < (left: Stretch, right: Stretch) -> Bool {
      (left.below, left.from) < (right.below, right.from)
    }
  }

  /// The lowest start outside the stretches of starts that the others rule out.
  ///
  /// By rising offset the stretches begin in order, but for those of partners, which wait until it is their turn.
  private func lowestOffsetBesidePartners(_ index: Int, _ placed: [Int], _ offsets: [Int]) -> Int {
    let buffer = buffers[index]
    let partner = partnerTable(of: index)
    var waiting = MinHeap<Stretch>()
    var equals: [Int] = []
    var offset = 0
    for other in placed where buffer.isLiveTogether(with: buffers[other]) && buffers[other].size > 0 {
      let below = offsets[other] - buffer.size
      while let first = waiting.first, first.below <= below, offset > first.below {
        offset = max(offset, first.from)
        _ = waiting.pop()
      }
      if offset <= below || waiting.first.map({ offset <= $0.below && $0.below <= below }) ?? false { break }
      guard let partner = partner(other) else {
        offset = max(offset, (offsets[other] + buffers[other].size).roundedUp(to: buffer.alignment))
        continue
      }
      let from = (offsets[other] + partner.whenAbove).roundedUp(to: buffer.alignment)
      waiting.push(Stretch(below: offsets[other] - partner.whenBelow, from: from))
      if partner.mayBeEqual { equals.append(offsets[other]) }
    }
    while let first = waiting.pop(), offset > first.below { offset = max(offset, first.from) }
    let isFree = { start in
      placed.allSatisfy { areApart($0, index, startingAt: offsets[$0], start) }
    }
    return equals.filter { $0 < offset && $0 % buffer.alignment == 0 && isFree($0) }.min() ?? offset
  }

  /// What a buffer is allowed beside another, without a look at all its partners where these are many.
  private func partnerTable(of index: Int) -> (Int) -> Partner? {
    guard partners[index].count > 8 else { return { partner(of: index, $0) } }
    let table = Dictionary(partners[index].map { ($0.other, $0) }) { first, _ in first }
    return { table[$0] }
  }

  private func key(by strategy: GreedyStrategy) -> (Int) -> Int {
    switch strategy {
    case .size: { buffers[$0].size }
    case .area: { buffers[$0].area }
    case .conflicts: LifetimeIndex(buffers).conflictBytes(of:)
    case .lifetime: { buffers[$0].upper - buffers[$0].lower }
    case .start: { -buffers[$0].lower }
    case .end: { buffers[$0].upper }
    }
  }
}

import Tensors

/// A walk from one sequence of a `BlockProblem`'s blocks to others that take no more, each block placed as low as those before
/// it let it be.
struct BlockWalk {
  private let problem: BlockProblem
  private var sequence: [Int]
  /// By block: its place in the sequence.
  private var position: [Int]
  /// By block.
  private(set) var starts: [Int]
  private(set) var end = 0
  // Room for the next sequence.
  private var nextSequence: [Int]
  private var nextStarts: [Int]
  private var stretches: [(above: Int, below: Int)]

  init(_ problem: BlockProblem, sequence: [Int]) {
    self.problem = problem
    self.sequence = sequence
    position = sequence
    starts = [Int](repeating: BlockProblem.nowhere, count: sequence.count)
    (nextSequence, nextStarts) = (sequence, starts)
    stretches = [(above: Int, below: Int)](repeating: (0, 0), count: problem.mostDistances)
    place(from: 0, limit: .max)
  }

  /// Tries a sequence beside this one, and takes it where it takes no more.
  ///
  /// - Returns: false where there is no other.
  mutating func step(_ random: inout SeededRandom) -> Bool {
    guard let kept = promote(&random) else { return false }
    place(from: kept, limit: end)
    return true
  }

  /// Makes the next sequence: a block that ends highest moves before one in its way.
  ///
  /// - Returns: how much of its beginning is as before.
  private mutating func promote(_ random: inout SeededRandom) -> Int? {
    let highest = sequence.filter { starts[$0] + problem.sizes[$0] == end }
    guard !highest.isEmpty else { return nil }
    var moved = highest[random.next(below: highest.count)]
    if random.next(below: 4) == 0, let other = problem.neighbors[moved].randomElement(using: &random) {
      moved = other
    }
    let place = position[moved]
    let earlierCount = problem.neighbors[moved].count { position[$0] < place }
    for index in sequence.indices { nextSequence[index] = sequence[index] }
    guard earlierCount > 0 else {
      guard sequence.count > 1 else { return nil }
      let (first, second) = (random.next(below: sequence.count), random.next(below: sequence.count))
      nextSequence.swapAt(first, second)
      return min(first, second)
    }
    var left = random.next(below: earlierCount)
    var target = 0
    for other in problem.neighbors[moved] where position[other] < place {
      if left == 0 { target = position[other] }
      left -= 1
    }
    for index in stride(from: place, to: target, by: -1) { nextSequence[index] = sequence[index - 1] }
    nextSequence[target] = moved
    return target
  }

  /// Places the blocks of the next sequence from a place on, those before as they are, and takes it where it does not end
  /// above a limit.
  private mutating func place(from first: Int, limit: Int) {
    for block in nextStarts.indices { nextStarts[block] = BlockProblem.nowhere }
    var nextEnd = 0
    for block in nextSequence[..<first] {
      nextStarts[block] = starts[block]
      nextEnd = max(nextEnd, starts[block] + problem.sizes[block])
    }
    for place in first..<nextSequence.count {
      let block = nextSequence[place]
      let start = problem.lowestStart(of: block, nextStarts, &stretches)
      nextStarts[block] = start
      nextEnd = max(nextEnd, start + problem.sizes[block])
      if nextEnd > limit { return }
    }
    swap(&sequence, &nextSequence)
    swap(&starts, &nextStarts)
    end = nextEnd
    for (place, block) in sequence.enumerated() { position[block] = place }
  }
}

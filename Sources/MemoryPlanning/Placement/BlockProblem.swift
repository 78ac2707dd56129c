import Tensors

/// Buffers of which some stand at given distances from each other: blocks that move as one.
///
/// How far two blocks must stay apart is a list of distances between their starts that are not allowed, one from
/// each pair of their buffers that are live together.
package struct BlockProblem: Sendable {
  /// A buffer in its block.
  package struct Member: Sendable, Equatable {
    package let buffer: Int
    /// Bytes from the block's start.
    package let offset: Int

    package init(buffer: Int, offset: Int) {
      self.buffer = buffer
      self.offset = offset
    }
  }

  package let problem: PlacementProblem
  package let blocks: [[Member]]
  /// By block: the other blocks that are not free of it.
  let neighbors: [[Int]]
  /// All distances that are not allowed, those of each block one behind the other.
  private let distances: [Distance]
  /// By block: where its distances begin, and behind the last where they end.
  private let firstDistances: [Int]
  /// Bytes and alignment by block.
  let sizes: [Int]
  private let alignments: [Int]

  /// Starts of a block less that of another which are not allowed: an open interval.
  private struct Distance {
    let other: Int
    let above: Int
    let below: Int
  }

  /// - Precondition: every buffer is in one block; offsets are not negative. Inside of a block all is as it may be.
  package init(_ problem: PlacementProblem, blocks: [[Member]]) {
    self.problem = problem
    self.blocks = blocks
    var neighbors = [[Int]](repeating: [], count: blocks.count)
    var distances: [Distance] = []
    var firstDistances = [0]
    let spans = blocks.map { members in
      let lowers = members.map { problem.buffers[$0.buffer].lower }
      return (lowers.min() ?? 0)..<(members.map { problem.buffers[$0.buffer].upper }.max() ?? 0)
    }
    /// By block: distances to blocks of larger numbers, seen from there.
    var mirrored = [[Distance]](repeating: [], count: blocks.count)
    for one in blocks.indices {
      distances += mirrored[one]
      neighbors[one] = mirrored[one].reduce(into: []) { if $0.last != $1.other { $0.append($1.other) } }
      for two in blocks.indices.dropFirst(one + 1) where spans[one].overlaps(spans[two]) {
        let forbidden = Self.forbidden(blocks[one], blocks[two], problem)
        if !forbidden.isEmpty { neighbors[one].append(two) }
        distances += forbidden.map { Distance(other: two, above: $0.above, below: $0.below) }
        mirrored[two] += forbidden.map { Distance(other: one, above: -$0.below, below: -$0.above) }
      }
      firstDistances.append(distances.count)
    }
    (self.neighbors, self.distances, self.firstDistances) = (neighbors, distances, firstDistances)
    sizes = blocks.map { $0.map { $0.offset + problem.buffers[$0.buffer].size }.max() ?? 0 }
    alignments = blocks.map { $0.map { problem.buffers[$0.buffer].alignment }.max() ?? 1 }
  }

  private static func forbidden(
    _ one: [Member], _ two: [Member], _ problem: PlacementProblem
  ) -> [(above: Int, below: Int)] {
    var intervals: [(above: Int, below: Int)] = []
    for first in one {
      let own = problem.buffers[first.buffer]
      guard own.size > 0 else { continue }
      for second in two {
        let other = problem.buffers[second.buffer]
        guard other.size > 0, own.isLiveTogether(with: other) else { continue }
        let partner = problem.partner(of: first.buffer, second.buffer)
        let shift = second.offset - first.offset
        let (lowest, highest) = (
          shift - (partner?.whenBelow ?? own.size), shift + (partner?.whenAbove ?? other.size)
        )
        if partner?.mayBeEqual == true {
          intervals += [(lowest, shift), (shift, highest)]
        } else {
          intervals.append((lowest, highest))
        }
      }
    }
    return merged(intervals.filter { $0.above + 1 < $0.below })
  }

  /// Overlapping open intervals as one; two that only share an end leave that end allowed.
  private static func merged(_ intervals: [(above: Int, below: Int)]) -> [(above: Int, below: Int)] {
    var result: [(above: Int, below: Int)] = []
    for interval in intervals.sorted(by: { ($0.above, $0.below) < ($1.above, $1.below) }) {
      if let last = result.last, interval.above < last.below {
        result[result.count - 1].below = max(last.below, interval.below)
      } else {
        result.append(interval)
      }
    }
    return result
  }

  /// The best placement that lowest-fit sequences find.
  ///
  /// - Parameters:
  ///   - rounds: sequences that are tried behind the first few; a third of them in climbs from the worse ones.
  ///   - goal: an arena that is good enough, in bytes.
  package func placement(rounds: Int, goal: Int = 0) -> Placement {
    let walks = firstSequences.map { BlockWalk(self, sequence: $0) }.sorted { $0.end < $1.end }
    guard var best = walks.first.map({ (starts: $0.starts, end: $0.end) }) else {
      return problem.placement([])
    }
    for (number, first) in walks.enumerated() where best.end > goal {
      var random = SeededRandom(seed: UInt64(number + 1))
      var walk = first
      for _ in 0..<(number == 0 ? rounds : rounds / 3) where best.end > goal {
        guard walk.step(&random) else { break }
        if walk.end < best.end { best = (walk.starts, walk.end) }
      }
    }
    return problem.placement(offsets(best.starts))
  }

  /// Where a block stands that has no place yet.
  static let nowhere = Int.min

  private func area(_ block: Int) -> Int {
    blocks[block].reduce(0) { $0.saturatingAdd(problem.buffers[$1.buffer].area) }
  }

  private var firstSequences: [[Int]] {
    let areas = blocks.indices.map(area)
    let starts = blocks.map { $0.map { problem.buffers[$0.buffer].lower }.min() ?? 0 }
    return [
      blocks.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) },
      blocks.indices.sorted { (-areas[$0], $0) < (-areas[$1], $1) },
      blocks.indices.sorted { (starts[$0], -sizes[$0]) < (starts[$1], -sizes[$1]) },
    ]
  }

  /// The lowest start of a block beside those that have a place.
  ///
  /// - Parameter stretches: room for `mostDistances` of them.
  func lowestStart(of block: Int, _ starts: [Int], _ stretches: inout [(above: Int, below: Int)]) -> Int {
    var count = 0
    for index in firstDistances[block]..<firstDistances[block + 1] {
      let distance = distances[index]
      let start = starts[distance.other]
      guard start != Self.nowhere, start + distance.below > 0 else { continue }
      stretches[count] = (start + distance.above, start + distance.below)
      count += 1
    }
    var start = 0
    var isMoving = true
    while isMoving {
      isMoving = false
      for index in 0..<count where start > stretches[index].above && start < stretches[index].below {
        start = stretches[index].below.roundedUp(to: alignments[block])
        isMoving = true
      }
    }
    return start
  }

  /// The most distances that a block must keep.
  var mostDistances: Int { zip(firstDistances, firstDistances.dropFirst()).map { $1 - $0 }.max() ?? 0 }

  private func offsets(_ starts: [Int]) -> [Int] {
    var offsets = [Int](repeating: 0, count: problem.buffers.count)
    for (members, start) in zip(blocks, starts) {
      for member in members { offsets[member.buffer] = start + member.offset }
    }
    return offsets
  }
}

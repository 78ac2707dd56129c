import Tensors

/// Finds the buffers that are live together with one, without a look at all others.
///
/// Buffers by rising start, with a tree of the latest end over them: an enumeration costs what it finds, times a logarithm.
package struct LifetimeIndex {
  /// Half-open.
  package typealias Lifetime = (lower: Int, upper: Int, size: Int)

  private let buffers: [Lifetime]
  /// Buffers by rising start.
  private let byStart: [Int]
  /// Starts and ends, each rising.
  private let starts: [Int]
  private let ends: [Int]
  /// Bytes of all buffers before a place in `starts` and in `ends`.
  private let startedBytes: [Int]
  private let endedBytes: [Int]
  /// The latest end below a node of a binary tree with the root at 1 and `byStart` as leaves.
  private let latestEnd: [Int]
  private let leafCount: Int

  init(_ buffers: [PlacementProblem.Buffer]) {
    self.init(lifetimes: buffers.map { ($0.lower, $0.upper, $0.size) })
  }

  package init(lifetimes buffers: [Lifetime]) {
    let byStart = buffers.indices.sorted { (buffers[$0].lower, $0) < (buffers[$1].lower, $1) }
    let byEnd = buffers.indices.sorted { (buffers[$0].upper, $0) < (buffers[$1].upper, $1) }
    var leafCount = 1
    while leafCount < buffers.count { leafCount *= 2 }
    var latestEnd = [Int](repeating: .min, count: 2 * leafCount)
    for (place, index) in byStart.enumerated() { latestEnd[leafCount + place] = buffers[index].upper }
    for node in stride(from: leafCount - 1, to: 0, by: -1) {
      latestEnd[node] = max(latestEnd[2 * node], latestEnd[2 * node + 1])
    }
    self.buffers = buffers
    self.byStart = byStart
    self.leafCount = leafCount
    self.latestEnd = latestEnd
    starts = byStart.map { buffers[$0].lower }
    ends = byEnd.map { buffers[$0].upper }
    startedBytes = Self.sums(byStart, buffers)
    endedBytes = Self.sums(byEnd, buffers)
  }

  private static func sums(_ sequence: [Int], _ buffers: [Lifetime]) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(sequence.count + 1)
    for index in sequence { sums.append(sums[sums.count - 1] + buffers[index].size) }
    return sums
  }

  /// Where the starts begin that a buffer does not live to see.
  private func startLimit(of index: Int) -> Int { starts.partitionPoint { $0 < buffers[index].upper } }

  /// Where the ends begin that a buffer lives to see.
  private func endLimit(of index: Int) -> Int { ends.partitionPoint { $0 <= buffers[index].lower } }

  /// How many buffers are live together with one, itself included.
  package func conflictCount(of index: Int) -> Int {
    startLimit(of: index) - endLimit(of: index)
  }

  /// Bytes of the buffers that are live together with one, itself included.
  func conflictBytes(of index: Int) -> Int {
    startedBytes[startLimit(of: index)] - endedBytes[endLimit(of: index)]
  }

  /// The buffers that are live together with one, without itself, by rising start.
  package func conflicts(of index: Int) -> [Int] {
    let limit = startLimit(of: index)
    var found: [Int] = []
    found.reserveCapacity(max(0, limit - endLimit(of: index)))
    collect(below: 1, from: 0, count: leafCount, startedBefore: limit, endingAfter: buffers[index].lower) {
      if $0 != index { found.append($0) }
    }
    return found
  }

  /// Calls back with the buffers below a node, whose leaves are some of `byStart`.
  private func collect(
    below node: Int, from first: Int, count: Int, startedBefore limit: Int, endingAfter time: Int,
    _ body: (Int) -> Void
  ) {
    guard latestEnd[node] > time, first < limit else { return }
    guard node < leafCount else { return body(byStart[first]) }
    let half = count / 2
    collect(below: 2 * node, from: first, count: half, startedBefore: limit, endingAfter: time, body)
    collect(
      below: 2 * node + 1, from: first + half, count: half, startedBefore: limit, endingAfter: time, body)
  }
}

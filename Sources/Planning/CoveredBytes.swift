/// How many bytes a changing set of ranges covers, those in several of them once.
///
/// A tree over the ranges' ends (Bentley 1977, "Algorithms for Klee's rectangle problems").
struct CoveredBytes {
  private let ends: [Int]
  /// Ranges that cover a tree's node whole, by node.
  private var covers: [Int]
  /// Covered bytes below a node.
  private var lengths: [Int]

  /// - Parameter ranges: all that will be added.
  init(of ranges: [Range<Int>]) {
    ends = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    covers = [Int](repeating: 0, count: 4 * max(ends.count, 1))
    lengths = covers
  }

  /// Covered bytes.
  var count: Int { lengths[0] }

  mutating func add(_ range: Range<Int>) { change(range, by: 1) }

  mutating func remove(_ range: Range<Int>) { change(range, by: -1) }

  private mutating func change(_ range: Range<Int>, by difference: Int) {
    guard !range.isEmpty else { return }
    change(
      0, 0..<ends.count - 1, position(of: range.lowerBound)..<position(of: range.upperBound),
      difference)
  }

  private func position(of end: Int) -> Int { ends.partitionPoint { $0 < end } }

  /// - Parameter span: elementary ranges that the node stands for.
  private mutating func change(
    _ node: Int, _ span: Range<Int>, _ wanted: Range<Int>, _ difference: Int
  ) {
    guard span.overlaps(wanted) else { return }
    if wanted.lowerBound <= span.lowerBound, span.upperBound <= wanted.upperBound {
      covers[node] += difference
    } else {
      let middle = (span.lowerBound + span.upperBound) / 2
      change(2 * node + 1, span.lowerBound..<middle, wanted, difference)
      change(2 * node + 2, middle..<span.upperBound, wanted, difference)
    }
    if covers[node] > 0 {
      lengths[node] = ends[span.upperBound] - ends[span.lowerBound]
    } else {
      lengths[node] = span.count == 1 ? 0 : lengths[2 * node + 1] + lengths[2 * node + 2]
    }
  }
}

extension Plan {
  /// Bytes of the arena that hold a live buffer, by step: those of several buffers count once.
  var coveredBytes: [Int] {
    let places = buffers.map { $0.offset..<$0.offset + $0.byteCount }
    var covered = CoveredBytes(of: places)
    var begins = [[Int]](repeating: [], count: steps.count + 1)
    var ends = begins
    for (index, buffer) in buffers.enumerated() where !buffer.lifetime.isEmpty {
      begins[min(buffer.lifetime.lowerBound, steps.count)].append(index)
      ends[min(buffer.lifetime.upperBound, steps.count)].append(index)
    }
    return steps.indices.map { step in
      for index in ends[step] { covered.remove(places[index]) }
      for index in begins[step] { covered.add(places[index]) }
      return covered.count
    }
  }
}

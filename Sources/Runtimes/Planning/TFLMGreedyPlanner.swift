import MemoryPlanning
import Tensors

/// The memory planner of stock TFLM (`GreedyMemoryPlanner`): same order, same ties, same offsets.
///
/// Buffers with a fixed offset are placed first, in the order given, and are never checked. The others
/// follow by falling size, of equal ones the last given first; each goes into the lowest gap between
/// buffers that are live together with it.
package struct TFLMGreedyPlanner: Sendable {
  package struct Buffer: Sendable, Equatable {
    /// Bytes, already rounded up to the arena's alignment.
    package let size: Int
    /// First and last time of use, both included.
    package let firstUse: Int
    package let lastUse: Int
    /// The offset that an offline plan gives; nil where the planner chooses.
    package let fixedOffset: Int?

    package init(size: Int, firstUse: Int, lastUse: Int, fixedOffset: Int? = nil) {
      self.size = size
      self.firstUse = firstUse
      self.lastUse = lastUse
      self.fixedOffset = fixedOffset
    }
  }

  /// Bytes that the planner needs for each buffer while it works, on any processor.
  package static let workingBytesPerBuffer = 40

  /// An offset for every buffer.
  package let offsets: [Int]
  /// The end of the highest buffer.
  package let arenaBytes: Int

  package init(_ buffers: [Buffer]) {
    var offsets = [Int](repeating: 0, count: buffers.count)
    var placed = PlacedBuffers(buffers)
    for index in Self.placingOrder(buffers) {
      offsets[index] = buffers[index].fixedOffset ?? placed.lowestGap(for: index)
      placed.insert(index, at: offsets[index])
    }
    self.offsets = offsets
    arenaBytes = zip(offsets, buffers).map { $0 + $1.size }.max() ?? 0
  }

  private static func placingOrder(_ buffers: [Buffer]) -> [Int] {
    let fixed = buffers.indices.filter { buffers[$0].fixedOffset != nil }
    let free = buffers.indices.filter { buffers[$0].fixedOffset == nil }
    return fixed + free.sorted { (buffers[$0].size, $0) > (buffers[$1].size, $1) }
  }
}

/// Buffers that have an offset, by rising offset, of equal ones the first placed first.
private struct PlacedBuffers {
  private struct Placed {
    let offset: Int
    let end: Int
    let firstUse: Int
    let lastUse: Int
  }

  private let buffers: [TFLMGreedyPlanner.Buffer]
  private let lifetimes: LifetimeIndex
  private var byOffset: [Placed] = []
  /// A buffer's offset, and how many were placed before it; nil where it has none yet.
  private var places: [(offset: Int, rank: Int)?]

  init(_ buffers: [TFLMGreedyPlanner.Buffer]) {
    self.buffers = buffers
    lifetimes = LifetimeIndex(lifetimes: buffers.map { ($0.firstUse, $0.lastUse + 1, $0.size) })
    places = Array(repeating: nil, count: buffers.count)
  }

  mutating func insert(_ index: Int, at offset: Int) {
    let buffer = buffers[index]
    places[index] = (offset, byOffset.count)
    let placed = Placed(
      offset: offset, end: offset + buffer.size, firstUse: buffer.firstUse, lastUse: buffer.lastUse)
    byOffset.insert(placed, at: byOffset.partitionPoint { $0.offset <= offset })
  }

  /// The lowest gap between placed buffers that are live together with one.
  func lowestGap(for index: Int) -> Int {
    let buffer = buffers[index]
    var candidate = 0
    // A few neighbors are found and sorted sooner than all buffers are looked through.
    if lifetimes.conflictCount(of: index) < byOffset.count / 16 {
      let neighbors = lifetimes.conflicts(of: index).compactMap { other in
        places[other].map { ($0.offset, $0.rank, buffers[other].size) }
      }
      for (offset, _, size) in neighbors.sorted(by: <) {
        if offset - candidate >= buffer.size { break }
        candidate = max(candidate, offset + size)
      }
      return candidate
    }
    for other in byOffset where buffer.firstUse <= other.lastUse && other.firstUse <= buffer.lastUse {
      if other.offset - candidate >= buffer.size { break }
      candidate = max(candidate, other.end)
    }
    return candidate
  }
}

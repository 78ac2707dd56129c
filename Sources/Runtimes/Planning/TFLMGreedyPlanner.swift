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

    fileprivate func isLiveTogether(with other: Buffer) -> Bool {
      firstUse <= other.lastUse && other.firstUse <= lastUse
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
    var placed: [Int] = []
    for index in Self.placingOrder(buffers) {
      let offset = buffers[index].fixedOffset ?? Self.lowestGap(for: index, in: buffers, placed, offsets)
      offsets[index] = offset
      let position = placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex
      placed.insert(index, at: position)
    }
    self.offsets = offsets
    arenaBytes = zip(offsets, buffers).map { $0 + $1.size }.max() ?? 0
  }

  private static func placingOrder(_ buffers: [Buffer]) -> [Int] {
    let fixed = buffers.indices.filter { buffers[$0].fixedOffset != nil }
    let free = buffers.indices.filter { buffers[$0].fixedOffset == nil }
    return fixed + free.sorted { (buffers[$0].size, $0) > (buffers[$1].size, $1) }
  }

  /// - Parameter placed: buffers with an offset, by rising offset.
  private static func lowestGap(
    for index: Int, in buffers: [Buffer], _ placed: [Int], _ offsets: [Int]
  ) -> Int {
    var candidate = 0
    for other in placed where buffers[other].isLiveTogether(with: buffers[index]) {
      if offsets[other] - candidate >= buffers[index].size { break }
      candidate = max(candidate, offsets[other] + buffers[other].size)
    }
    return candidate
  }
}

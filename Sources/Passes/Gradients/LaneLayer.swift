import CKernels
import Operators

/// What a layer's filter meets, as the lists that the C kernels read; its memory lives as long as it.
@safe
final class LaneLayer: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Int32>
  private let shape: NNLaneLayer
  /// Floats of packed weights, or of a depthwise layer's sums.
  let scratchCount: Int

  /// Positions times taps that lists are kept for.
  private static let entryLimit = 1 << 24

  /// - Returns: nil for a layer with more entries than that, or more than 32 bits count.
  init?(_ layer: LinearLayer) {
    let tapCount = layer.rows.taps * layer.columns.taps
    guard layer.positionCount.saturatingMultiply(tapCount) <= Self.entryLimit else { return nil }
    var starts: [Int32] = [0]
    var entries: [(tap: Int, pixel: Int, position: Int)] = []
    if case .dense = layer.kind {
      entries = (0..<layer.positionCount).map { (0, $0 * layer.rowLength, $0) }
      starts = (0...layer.positionCount).map { Int32(truncatingIfNeeded: $0) }
    } else {
      layer.forEachPosition { position, taps in
        for (tap, pixel) in taps { entries.append((tap, pixel, position)) }
        starts.append(Int32(truncatingIfNeeded: entries.count))
      }
    }
    let largest = Int(Int32.max) / Int(NN_LANES)
    guard entries.count < largest, layer.positionCount * layer.outputChannels < largest,
      (entries.map(\.pixel).max() ?? 0) + layer.inputChannels < largest
    else { return nil }
    var startsByTap = [Int32](repeating: 0, count: tapCount + 1)
    for entry in entries { startsByTap[entry.tap + 1] += 1 }
    for tap in 0..<tapCount { startsByTap[tap + 1] += startsByTap[tap] }
    var byTap = [Int](repeating: 0, count: entries.count)
    var ends = startsByTap
    for (index, entry) in entries.enumerated() {
      byTap[Int(ends[entry.tap])] = index
      ends[entry.tap] += 1
    }
    let lists = [
      starts, entries.map { Int32(truncatingIfNeeded: $0.tap) },
      entries.map { Int32(truncatingIfNeeded: $0.pixel) }, startsByTap,
      byTap.map { Int32(truncatingIfNeeded: entries[$0].position) },
      byTap.map { Int32(truncatingIfNeeded: entries[$0].pixel) },
    ]
    unsafe storage = .allocate(capacity: lists.reduce(0) { $0 + $1.count })
    var places: [UnsafePointer<Int32>] = unsafe []
    var end = unsafe storage
    for list in lists {
      unsafe places.append(UnsafePointer(end))
      for number in list {
        unsafe end.initialize(to: number)
        unsafe end += 1
      }
    }
    unsafe shape = NNLaneLayer(
      positions: Int32(truncatingIfNeeded: layer.positionCount), taps: Int32(truncatingIfNeeded: tapCount),
      inputChannels: Int32(truncatingIfNeeded: layer.inputChannels),
      outputChannels: Int32(truncatingIfNeeded: layer.outputChannels), starts: places[0],
      tapOfEntry: places[1], pixelOfEntry: places[2], startsByTap: places[3], positionByTap: places[4],
      pixelByTap: places[5])
    if case .depthwise = layer.kind {
      scratchCount = Int(NN_LANES) * (tapCount + 1) * layer.outputChannels
    } else {
      scratchCount = unsafe withUnsafePointer(to: shape) { unsafe nn_lanes_packed_count($0) }
    }
  }

  deinit { unsafe storage.deallocate() }

  /// Gives the lists to a kernel.
  @unsafe
  func withShape(_ body: (UnsafePointer<NNLaneLayer>) -> Void) {
    unsafe withUnsafePointer(to: shape) { unsafe body($0) }
  }
}

extension LinearLayer {
  /// Calls back for every position with the taps that meet the input, and the first element under each.
  func forEachPosition(_ body: (_ position: Int, _ taps: [(tap: Int, pixel: Int)]) -> Void) {
    var taps: [(tap: Int, pixel: Int)] = []
    for top in 0..<rows.output {
      for left in 0..<columns.output {
        taps.removeAll(keepingCapacity: true)
        for tapRow in rows.validTaps(at: top) {
          let line = (top * rows.stride - rows.paddingBefore + tapRow * rows.dilation) * columns.input
          for tapColumn in columns.validTaps(at: left) {
            let column = left * columns.stride - columns.paddingBefore + tapColumn * columns.dilation
            taps.append((tapRow * columns.taps + tapColumn, (line + column) * inputChannels))
          }
        }
        body(top * columns.output + left, taps)
      }
    }
  }
}

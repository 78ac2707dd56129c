/// Which buffers a buffer may overwrite while they die, by the buffer that is written.
struct SharingTable {
  private let sizes: [Int]
  private let readers: [[(buffer: Int, distance: Int)]]

  init(_ problem: PlacementProblem) {
    sizes = problem.buffers.map(\.size)
    var readers = problem.buffers.map { _ in [(buffer: Int, distance: Int)]() }
    for overlap in problem.overlaps {
      readers[overlap.first].append((overlap.second, overlap.leastDistance))
    }
    self.readers = readers
  }

  /// The most bytes that buffers can share, where all are live at one time and in one region.
  func mostSharedBytes(among live: [Int]) -> Int {
    var shared = 0
    for written in live where !readers[written].isEmpty {
      let read = readers[written].filter { live.contains($0.buffer) }
      if read.isEmpty { continue }
      shared += AllowedOverlap.mostSharedBytes(
        written: sizes[written], read: read.map { (sizes[$0.buffer], $0.distance) })
    }
    return shared
  }

  /// No fewer bytes than any choice of regions lets buffers share that are live at one time.
  func sharedBytesLimit(among live: [Int]) -> Int {
    live.reduce(0) { limit, written in
      readers[written].reduce(limit) { $0 + (live.contains($1.buffer) ? sizes[$1.buffer] : 0) }
    }
  }
}

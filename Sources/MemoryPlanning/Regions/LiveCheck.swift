/// Whether the bytes that are live at one time stay within the regions.
struct LiveCheck {
  /// Positions in the tracked buffers of those that are live, and the buffers.
  private let live: [(position: Int, buffer: Int)]
  private let sizes: [Int]
  private let capacities: [Int]
  private let sharing: SharingTable
  /// No fewer bytes than buffers can share at the time.
  private let sharedBytesLimit: Int
  private let isExact: Bool

  /// - Parameters:
  ///   - tracked: buffers with a region; some may no longer be live.
  ///   - coming: buffers that begin at the time too, and have no region yet: what they may share with the
  ///     tracked ones is allowed for.
  init(_ problem: RegionProblem, _ sharing: SharingTable, _ tracked: [Int], coming: [Int], time: Int) {
    let buffers = problem.arena.buffers
    live = tracked.enumerated().filter { buffers[$0.element].upper > time }
      .map { ($0.offset, $0.element) }
    sizes = live.map { buffers[$0.buffer].size }
    capacities = problem.capacities
    self.sharing = sharing
    isExact = coming.isEmpty
    sharedBytesLimit = sharing.sharedBytesLimit(among: live.map(\.buffer) + coming)
  }

  /// - Parameter regions: regions of the tracked buffers.
  func fits(_ regions: [UInt8]) -> Bool {
    for (region, capacity) in capacities.enumerated() {
      var bytes = 0
      for (number, place) in live.enumerated() where regions[place.position] == region {
        bytes += sizes[number]
      }
      if bytes <= capacity { continue }
      guard bytes - sharedBytesLimit <= capacity else { return false }
      guard isExact else { continue }
      let here = live.filter { regions[$0.position] == region }.map(\.buffer)
      if bytes - sharing.mostSharedBytes(among: here) > capacity { return false }
    }
    return true
  }
}

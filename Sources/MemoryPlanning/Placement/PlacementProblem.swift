/// Buffers with lifetimes, to be given offsets in one arena.
package struct PlacementProblem: Sendable, Equatable {
  package struct Buffer: Sendable, Equatable {
    /// Bytes.
    package let size: Int
    /// First time at which the buffer is live.
    package let lower: Int
    /// First time at which it is no longer live (half-open).
    package let upper: Int
    /// The offset must be a multiple of this.
    package let alignment: Int
    /// An offset that is given and not to be chosen.
    package let fixedOffset: Int?

    package init(size: Int, lower: Int, upper: Int, alignment: Int = 1, fixedOffset: Int? = nil) {
      self.size = size
      self.lower = lower
      self.upper = upper
      self.alignment = alignment
      self.fixedOffset = fixedOffset
    }

    /// Size times length of life, at most `Int.max`.
    var area: Int {
      let (area, overflow) = size.multipliedReportingOverflow(by: upper - lower)
      return overflow ? .max : area
    }

    package func isLiveTogether(with other: Buffer) -> Bool {
      lower < other.upper && other.lower < upper
    }
  }

  package let buffers: [Buffer]
  /// Pairs of buffers that may share bytes; all others are disjoint while they are live together.
  package let overlaps: [AllowedOverlap]
  /// The allowances by buffer, from its side.
  let partners: [[Partner]]

  /// - Throws: `PlanningError.invalidProblem` for negative sizes or offsets, lifetimes that are empty or
  ///   beyond ±2⁶¹, alignments below 1, misaligned or overlapping fixed offsets, sizes whose sum overflows,
  ///   and overlaps of a buffer with itself, of one that is not there, twice of a pair, or at a negative
  ///   distance.
  package init(buffers: [Buffer], overlaps: [AllowedOverlap] = []) throws(PlanningError) {
    try Self.check(overlaps, bufferCount: buffers.count)
    try Self.check(buffers)
    self.init(unchecked: buffers, overlaps: overlaps)
    if let (first, second) = fixedOverlap {
      let pair = "buffers \(first) and \(second)"
      throw .invalidProblem("\(pair) are live together and their fixed offsets overlap")
    }
  }

  /// A problem made from a checked one.
  init(unchecked buffers: [Buffer], overlaps: [AllowedOverlap]) {
    self.buffers = buffers
    self.overlaps = overlaps
    partners = Self.partners(buffers, overlaps)
  }

  private static func check(_ buffers: [Buffer]) throws(PlanningError) {
    var total = 0
    for (index, buffer) in buffers.enumerated() {
      guard buffer.size >= 0 else { throw .invalidProblem("buffer \(index) has a negative size") }
      guard buffer.lower < buffer.upper else {
        throw .invalidProblem("buffer \(index) is never live: lower must be below upper")
      }
      guard buffer.lower >= -1 << 61, buffer.upper <= 1 << 61 else {
        throw .invalidProblem("buffer \(index) has a lifetime beyond ±2⁶¹")
      }
      guard buffer.alignment >= 1, buffer.alignment <= 1 << 30 else {
        throw .invalidProblem("buffer \(index) has an alignment outside 1...2³⁰")
      }
      let offset = buffer.fixedOffset ?? 0
      guard offset >= 0, offset % buffer.alignment == 0, offset <= 1 << 60 else {
        throw .invalidProblem("buffer \(index) has a fixed offset that is negative or misaligned")
      }
      let (padded, tooLarge) = buffer.size.addingReportingOverflow(buffer.alignment + offset)
      let (sum, overflow) = total.addingReportingOverflow(padded)
      guard !tooLarge, !overflow else { throw .invalidProblem("the sizes add up to more than 2⁶³ bytes") }
      total = sum
    }
  }

  /// The first pair of buffers whose fixed offsets no placement can honour.
  var fixedOverlap: (first: Int, second: Int)? {
    firstConflict(at: buffers.map(\.fixedOffset))
  }

  /// The largest number of bytes that buffers live at one time take, shared ones once: no arena can be smaller.
  package var lowerBound: Int {
    var peak = buffers.reduce(0) { max($0, ($1.fixedOffset ?? 0) + ($1.fixedOffset == nil ? 0 : $1.size)) }
    forEachLevel { _, live in peak = max(peak, live) }
    return peak
  }

  /// Bytes that the live buffers take at each of a stretch of times, shared ones once.
  package func liveBytes(at times: Range<Int>) -> [Int] {
    var changes = liveBytesChanges[...]
    var live = 0
    return times.map { time in
      while let next = changes.first, next.time <= time {
        live += next.change
        changes.removeFirst()
      }
      return live
    }
  }

  /// Stretches of time in which the live buffers take more than so many bytes, shared ones counted once, in order.
  func stretches(whereMoreThan bytes: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var begin: Int?
    forEachLevel { time, live in
      if live > bytes {
        begin = begin ?? time
      } else if let start = begin {
        found.append(start..<time)
        begin = nil
      }
    }
    return found
  }

  /// Calls back with every time at which the bytes in use change, by rising time, and the bytes from then on.
  private func forEachLevel(_ body: (_ time: Int, _ liveBytes: Int) -> Void) {
    let changes = liveBytesChanges
    var live = 0
    for (position, change) in changes.enumerated() {
      live += change.change
      let isLast = position + 1 == changes.count || changes[position + 1].time > change.time
      if isLast { body(change.time, live) }
    }
  }

  /// How the bytes in use change, by rising time.
  private var liveBytesChanges: [(time: Int, change: Int)] {
    var changes = sharedBytesChanges
    for buffer in buffers {
      changes.append((buffer.lower, buffer.size))
      changes.append((buffer.upper, -buffer.size))
    }
    return changes.sorted { $0.time < $1.time }
  }
}

/// An offset for every buffer of a `PlacementProblem`.
package struct Placement: Sendable, Equatable {
  /// Bytes from the arena's start, by buffer.
  package let offsets: [Int]
  /// Bytes of the arena: the largest end of a buffer.
  package let arenaBytes: Int

  package init(offsets: [Int], arenaBytes: Int) {
    self.offsets = offsets
    self.arenaBytes = arenaBytes
  }
}

extension PlacementProblem {
  /// The placement that offsets make.
  ///
  /// - Precondition: one offset for each buffer.
  package func placement(_ offsets: [Int]) -> Placement {
    let ends = zip(offsets, buffers).map { $0 + $1.size }
    return Placement(offsets: offsets, arenaBytes: ends.max() ?? 0)
  }

  /// Checks a placement with `PlacementJudge`.
  ///
  /// - Throws: `PlanningError.invalidAnswer` naming the first fault.
  package func validate(_ placement: Placement) throws(PlanningError) {
    let judge = PlacementJudge(buffers, overlaps: overlaps)
    let fault = judge.firstFault(offsets: placement.offsets, arenaBytes: placement.arenaBytes)
    if let fault { throw .invalidAnswer(fault) }
  }

  /// The first two buffers that are live together and share bytes otherwise than allowed.
  ///
  /// - Parameter offsets: offsets of the buffers to look at; nil for those to leave out.
  package func firstConflict(at offsets: [Int?]) -> (first: Int, second: Int)? {
    let starts = offsets.map { $0 ?? 0 }
    let placed = buffers.indices.filter { offsets[$0] != nil }
    for (position, second) in placed.enumerated() {
      for first in placed[..<position] where !areApart(first, second, at: starts) { return (first, second) }
    }
    return nil
  }
}

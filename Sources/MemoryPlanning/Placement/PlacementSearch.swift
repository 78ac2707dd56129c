import Tensors

/// Exact search for a placement that ends below a given arena size.
///
/// After Moffitt, "MiniMalloc: A Lightweight Memory Allocator for Hardware-Accelerated Machine
/// Learning" (ASPLOS 2023). Every placement can be pressed down until each buffer stands on the floor or
/// on another; the search builds only such placements, by rising offset and, at one offset, by rank:
/// - a buffer is placed exactly on what is below it, and only at or behind the last one in that sequence;
/// - a buffer is not placed where another unplaced one would fit beneath it;
/// - time is cut into sections in which the same buffers are live; where the lowest offset that an
///   unplaced buffer of a section can have, plus all its unplaced bytes, reaches the limit, the branch ends;
/// - buffers that no unplaced buffer connects are searched apart;
/// - changes are recorded and undone.
///
/// An overlap of a written and a read buffer is a smaller distance between their starts where the written
/// one is below: the same search, with another floor in the sections that the two share, and with the bytes
/// that unplaced pairs can share taken off the bound. That two buffers may have one address is not used.
struct PlacementSearch {
  enum Outcome {
    case found
    /// No placement ends below the limit.
    case impossible
    case budgetSpent
  }

  private let problem: PlacementProblem
  /// Sections in which a buffer is live, half-open, by buffer.
  private let sections: [Range<Int>]
  /// Buffers that may lie over others, by section, with those.
  private let sharing: [[Sharing]]
  /// Buffers live in a section where two may overlap; empty elsewhere.
  private let residents: [[Int]]
  private var isPlaced: [Bool]
  /// Buffers in the order in which they are tried.
  private let sequence: [Int]
  private let rank: [Int]
  private(set) var offsets: [Int]
  private(set) var nodes = 0
  /// End of the placed buffers, by section.
  private var floors: [Int]
  private var unplacedBytes: [Int]
  private var undo: [(section: Int, floor: Int)] = []
  private let nodeBudget: Int
  private let ideas: PlacementIdeas
  private var limit = 0

  /// A buffer that is written while others, under which it may start, are read.
  private struct Sharing {
    let written: Int
    let read: [(index: Int, distance: Int)]
  }

  /// Which buffers come first among those that could stand at one offset.
  enum Ranking: CaseIterable {
    /// Those in the fullest section, then the largest.
    case load
    /// The longest-lived.
    case lifetime
    /// The largest.
    case size
    /// Those with the largest product of size and lifetime.
    case area
  }

  /// - Precondition: no buffer has a fixed offset.
  init(_ problem: PlacementProblem, ranking: Ranking = .load, nodeBudget: Int, ideas: PlacementIdeas = .all) {
    let times = Set(problem.buffers.flatMap { [$0.lower, $0.upper] }).sorted()
    var sectionOfTime: [Int: Int] = [:]
    for (section, time) in times.enumerated() { sectionOfTime[time] = section }
    let sections = problem.buffers.map { (sectionOfTime[$0.lower] ?? 0)..<(sectionOfTime[$0.upper] ?? 0) }
    var bytes = [Int](repeating: 0, count: times.count)
    for (range, buffer) in zip(sections, problem.buffers) {
      for section in range { bytes[section] += buffer.size }
    }
    let keys = problem.buffers.indices.map { index in
      let size = problem.buffers[index].size
      let length = sections[index].count
      switch ranking {
      case .load: return (sections[index].reduce(0) { max($0, bytes[$1]) }, size, length)
      case .lifetime: return (length, size, 0)
      case .size: return (size, length, 0)
      case .area: return (size.multipliedReportingOverflow(by: length).partialValue, size, length)
      }
    }
    let sequence = problem.buffers.indices.filter { problem.buffers[$0].size > 0 }
      .sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] > keys[$1] }
    var rank = [Int](repeating: 0, count: problem.buffers.count)
    for (position, index) in sequence.enumerated() { rank[index] = position }
    self.problem = problem
    self.nodeBudget = nodeBudget
    self.ideas = ideas
    self.sections = sections
    self.sequence = sequence
    self.rank = rank
    floors = [Int](repeating: 0, count: times.count)
    unplacedBytes = bytes
    offsets = [Int](repeating: 0, count: problem.buffers.count)
    isPlaced = [Bool](repeating: true, count: problem.buffers.count)
    sharing = Self.sharing(problem, sections, count: times.count)
    var residents = [[Int]](repeating: [], count: times.count)
    for index in sequence {
      for section in sections[index] where !sharing[section].isEmpty { residents[section].append(index) }
    }
    self.residents = residents
  }

  private static func sharing(
    _ problem: PlacementProblem, _ sections: [Range<Int>], count: Int
  ) -> [[Sharing]] {
    var sharing = [[Sharing]](repeating: [], count: count)
    for written in problem.buffers.indices where !problem.partners[written].isEmpty {
      let read = problem.overlaps.filter {
        $0.first == written && $0.condition != .equal && problem.buffers[$0.second].size > 0
      }
      for section in sections[written] {
        let here = read.filter { sections[$0.second].contains(section) }
        guard !here.isEmpty, problem.buffers[written].size > 0 else { continue }
        sharing[section].append(
          Sharing(written: written, read: here.map { ($0.second, $0.leastDistance) }))
      }
    }
    return sharing
  }

  /// Looks for a placement that ends below `limit`; where it is found, `offsets` holds it.
  mutating func run(below limit: Int) -> Outcome {
    self.limit = limit
    while let change = undo.popLast() { floors[change.section] = change.floor }
    unplacedBytes = [Int](repeating: 0, count: floors.count)
    for index in sequence { markUnplaced(index) }
    return place(sequence, from: (0, -1))
  }

  /// Places buffers at or behind a position in the sequence of offsets and ranks.
  private mutating func place(_ unplaced: [Int], from position: (offset: Int, rank: Int)) -> Outcome {
    let parts = ideas.contains(.connectedParts) ? connectedParts(of: unplaced) : [unplaced]
    guard parts.count > 1 else { return placeConnected(unplaced, from: position) }
    let mark = undo.count
    for (number, part) in parts.enumerated() {
      let outcome = placeConnected(part, from: position)
      guard case .found = outcome else {
        for done in parts[..<number] {
          for index in done { markUnplaced(index) }
        }
        restore(to: mark)
        return outcome
      }
    }
    return .found
  }

  private mutating func placeConnected(
    _ unplaced: [Int], from position: (offset: Int, rank: Int)
  ) -> Outcome {
    if unplaced.isEmpty { return .found }
    guard let candidates = candidates(unplaced, from: position) else { return .impossible }
    for candidate in candidates {
      guard nodes < nodeBudget else { return .budgetSpent }
      nodes += 1
      let mark = undo.count
      put(candidate.index, at: candidate.offset)
      let isCanonical = ideas.contains(.canonicalOrder)
      let outcome = place(
        unplaced.filter { $0 != candidate.index },
        from: isCanonical ? (candidate.offset, rank[candidate.index]) : (0, -1))
      guard case .impossible = outcome else { return outcome }
      markUnplaced(candidate.index)
      restore(to: mark)
    }
    return .impossible
  }

  /// The buffers that can come next, lowest first, or nil where some buffer has no place left.
  private func candidates(
    _ unplaced: [Int], from position: (offset: Int, rank: Int)
  ) -> [(offset: Int, index: Int)]? {
    var lowest = [Int](repeating: .max, count: floors.count)
    var lowestEnd = Int.max
    var candidates: [(offset: Int, index: Int)] = []
    for index in unplaced {
      let size = problem.buffers[index].size
      var floor = floor(of: index)
      floor = floor.roundedUp(to: problem.buffers[index].alignment)
      let offset = max(floor, position.offset)
      guard offset + size < limit else { return nil }
      for section in sections[index] { lowest[section] = min(lowest[section], offset) }
      lowestEnd = min(lowestEnd, floor + size)
      if (floor, rank[index]) > position || isOnPartner(index, at: position.offset, floor) {
        candidates.append((floor, index))
      }
    }
    for index in unplaced where ideas.contains(.sectionBound) {
      for section in sections[index] where lowest[section] + unplacedBytes[section] >= limit {
        if lowest[section] + unplacedBytes[section] - bytesToShare(in: section) >= limit { return nil }
      }
    }
    if !ideas.contains(.dominance) { lowestEnd = .max }
    return candidates.filter { $0.offset < lowestEnd && !isRepeated($0.index, among: unplaced) }
      .sorted { ($0.offset, rank[$0.index]) < ($1.offset, rank[$1.index]) }
  }

  /// The end of what is below a buffer, or where it may start over a placed one.
  private func floor(of index: Int) -> Int {
    var floor = 0
    if problem.partners[index].isEmpty {
      for section in sections[index] { floor = max(floor, floors[section]) }
      return floor
    }
    for section in sections[index] {
      if sharing[section].isEmpty {
        floor = max(floor, floors[section])
        continue
      }
      for other in residents[section] where isPlaced[other] {
        let height = problem.partner(of: index, other)?.whenAbove ?? problem.buffers[other].size
        floor = max(floor, offsets[other] + height)
      }
    }
    return floor
  }

  /// Whether a buffer stands at the start of a placed one: it could not come before that one.
  private func isOnPartner(_ index: Int, at offset: Int, _ floor: Int) -> Bool {
    guard floor == offset else { return false }
    return problem.partners[index].contains {
      isPlaced[$0.other] && offsets[$0.other] == offset && $0.whenAbove == 0
    }
  }

  /// The most bytes that unplaced buffers of a section can share.
  private func bytesToShare(in section: Int) -> Int {
    sharing[section].reduce(0) { sum, pair in
      if isPlaced[pair.written] { return sum }
      let read = pair.read.filter { !isPlaced[$0.index] }
      return sum
        + AllowedOverlap.mostSharedBytes(
          written: problem.buffers[pair.written].size,
          read: read.map { (problem.buffers[$0.index].size, $0.distance) })
    }
  }

  /// Whether an unplaced buffer of the same size and lifetime comes before this one.
  private func isRepeated(_ index: Int, among unplaced: [Int]) -> Bool {
    guard ideas.contains(.equalBuffers), problem.partners[index].isEmpty else { return false }
    return unplaced.contains {
      rank[$0] < rank[index] && problem.buffers[$0] == problem.buffers[index]
        && problem.partners[$0].isEmpty
    }
  }

  private mutating func put(_ index: Int, at offset: Int) {
    let size = problem.buffers[index].size
    offsets[index] = offset
    for section in sections[index] {
      undo.append((section, floors[section]))
      floors[section] = max(floors[section], offset + size)
    }
    isPlaced[index] = true
    for section in sections[index] { unplacedBytes[section] -= size }
  }

  private mutating func markUnplaced(_ index: Int) {
    isPlaced[index] = false
    for section in sections[index] { unplacedBytes[section] += problem.buffers[index].size }
  }

  private mutating func restore(to mark: Int) {
    while undo.count > mark, let change = undo.popLast() { floors[change.section] = change.floor }
  }

  /// Groups of buffers that share no section with each other's, each in the sequence's order.
  private func connectedParts(of unplaced: [Int]) -> [[Int]] {
    var starts: [Int] = []
    var end = Int.min
    for index in unplaced.sorted(by: { sections[$0].lowerBound < sections[$1].lowerBound }) {
      if sections[index].lowerBound >= end { starts.append(sections[index].lowerBound) }
      end = max(end, sections[index].upperBound)
    }
    guard starts.count > 1 else { return [unplaced] }
    var parts = [[Int]](repeating: [], count: starts.count)
    for index in unplaced {
      let behind = starts.firstIndex { $0 > sections[index].lowerBound } ?? starts.count
      parts[behind - 1].append(index)
    }
    return parts
  }
}

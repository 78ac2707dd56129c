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
  private var limit = 0

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
  init(_ problem: PlacementProblem, ranking: Ranking = .load, nodeBudget: Int) {
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
    self.sections = sections
    self.sequence = sequence
    self.rank = rank
    floors = [Int](repeating: 0, count: times.count)
    unplacedBytes = bytes
    offsets = [Int](repeating: 0, count: problem.buffers.count)
  }

  /// Looks for a placement that ends below `limit`; where it is found, `offsets` holds it.
  mutating func run(below limit: Int) -> Outcome {
    self.limit = limit
    while let change = undo.popLast() { floors[change.section] = change.floor }
    unplacedBytes = [Int](repeating: 0, count: floors.count)
    for index in sequence { addUnplaced(problem.buffers[index].size, of: index) }
    return place(sequence, from: (0, -1))
  }

  /// Places buffers at or behind a position in the sequence of offsets and ranks.
  private mutating func place(_ unplaced: [Int], from position: (offset: Int, rank: Int)) -> Outcome {
    let parts = connectedParts(of: unplaced)
    guard parts.count > 1 else { return placeConnected(unplaced, from: position) }
    let mark = undo.count
    for (number, part) in parts.enumerated() {
      let outcome = placeConnected(part, from: position)
      guard case .found = outcome else {
        for done in parts[..<number] {
          for index in done { addUnplaced(problem.buffers[index].size, of: index) }
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
      let outcome = place(
        unplaced.filter { $0 != candidate.index }, from: (candidate.offset, rank[candidate.index]))
      guard case .impossible = outcome else { return outcome }
      addUnplaced(problem.buffers[candidate.index].size, of: candidate.index)
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
      var floor = 0
      for section in sections[index] { floor = max(floor, floors[section]) }
      floor = floor.roundedUp(to: problem.buffers[index].alignment)
      let offset = max(floor, position.offset)
      guard offset + size < limit else { return nil }
      for section in sections[index] { lowest[section] = min(lowest[section], offset) }
      lowestEnd = min(lowestEnd, floor + size)
      if (floor, rank[index]) > position { candidates.append((floor, index)) }
    }
    for index in unplaced {
      for section in sections[index] where lowest[section] + unplacedBytes[section] >= limit { return nil }
    }
    return candidates.filter { $0.offset < lowestEnd && !isRepeated($0.index, among: unplaced) }
      .sorted { ($0.offset, rank[$0.index]) < ($1.offset, rank[$1.index]) }
  }

  /// Whether an unplaced buffer of the same size and lifetime comes before this one.
  private func isRepeated(_ index: Int, among unplaced: [Int]) -> Bool {
    unplaced.contains { rank[$0] < rank[index] && problem.buffers[$0] == problem.buffers[index] }
  }

  private mutating func put(_ index: Int, at offset: Int) {
    let size = problem.buffers[index].size
    offsets[index] = offset
    for section in sections[index] {
      undo.append((section, floors[section]))
      floors[section] = offset + size
    }
    addUnplaced(-size, of: index)
  }

  private mutating func addUnplaced(_ bytes: Int, of index: Int) {
    for section in sections[index] { unplacedBytes[section] += bytes }
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

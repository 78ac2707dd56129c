import MemoryPlanning
import Tensors

/// Random problems of few buffers, and their answers by trying everything.
enum SmallProblems {
  enum Kind: CaseIterable { case overlaps, fixed, alignments, pools }

  static func problem(_ kind: Kind, _ random: inout SeededRandom) throws(PlanningError) -> PlacementProblem {
    while true {
      let times = 3 + random.next(below: 4)
      let buffers = (0..<3 + random.next(below: 3)).map { _ in
        let lower = random.next(below: times)
        let alignment = kind == .alignments ? 1 << random.next(below: 3) : 1
        let isFixed = kind == .fixed && random.next(below: 3) == 0
        return PlacementProblem.Buffer(
          size: random.next(below: 6), lower: lower, upper: lower + 1 + random.next(below: 3),
          alignment: alignment, fixedOffset: isFixed ? alignment * random.next(below: 8) : nil)
      }
      do throws(PlanningError) {
        return try PlacementProblem(buffers: buffers, overlaps: overlaps(buffers, &random))
      } catch {
        // Fixed offsets that overlap are drawn anew.
        guard kind == .fixed else { throw error }
      }
    }
  }

  /// Buffers that begin when others end may lie over them.
  private static func overlaps(
    _ buffers: [PlacementProblem.Buffer], _ random: inout SeededRandom
  ) -> [AllowedOverlap] {
    var overlaps: [AllowedOverlap] = []
    for (first, written) in buffers.enumerated() {
      for (second, read) in buffers.enumerated()
      where first != second && read.lower < written.lower && read.upper > written.lower {
        guard random.next(below: 3) > 0 else { continue }
        let distance = random.next(below: 6)
        overlaps.append(
          AllowedOverlap(
            first: first, second: second, random.next(below: 5) == 0 ? .equal : .startsBefore(distance)))
      }
    }
    return overlaps
  }

  /// The smallest arena over all offsets.
  static func arena(of problem: PlacementProblem) -> Int {
    let buffers = problem.buffers
    let fixed = buffers.map { ($0.fixedOffset ?? 0) + $0.size }.max() ?? 0
    var best = buffers.reduce(fixed) { $0 + $1.size + $1.alignment } + 1
    var offsets = [Int](repeating: 0, count: buffers.count)
    func place(_ index: Int, end: Int) {
      guard index < buffers.count else {
        best = min(best, end)
        return
      }
      let buffer = buffers[index]
      var offset = buffer.fixedOffset ?? 0
      while max(end, offset + buffer.size) < best {
        offsets[index] = offset
        if (0..<index).allSatisfy({ areApart(problem, $0, index, offsets) }) {
          place(index + 1, end: max(end, offset + buffer.size))
        }
        if buffer.fixedOffset != nil { return }
        offset += buffer.alignment
      }
    }
    place(0, end: 0)
    return best
  }

  private static func areApart(
    _ problem: PlacementProblem, _ one: Int, _ two: Int, _ offsets: [Int]
  ) -> Bool {
    let (first, second) = (problem.buffers[one], problem.buffers[two])
    if first.lower >= second.upper || second.lower >= first.upper { return true }
    let start = max(offsets[one], offsets[two])
    if start >= min(offsets[one] + first.size, offsets[two] + second.size) { return true }
    return problem.overlaps.contains { overlap in
      guard [overlap.first, overlap.second].sorted() == [one, two] else { return false }
      let distance = offsets[overlap.second] - offsets[overlap.first]
      switch overlap.condition {
      case .equal: return distance == 0
      case .startsBefore(let bytes): return distance >= bytes
      }
    }
  }

  /// The highest score of two regions over all choices; nil where nothing fits.
  static func score(of problem: RegionProblem) -> Int? {
    let count = problem.values.count
    var best: Int?
    for choice in 0..<(1 << count) {
      let regions = (0..<count).map { choice >> $0 & 1 }
      let score = problem.score(regions)
      if let best, best >= score { continue }
      let fits = (0..<2).allSatisfy { region in
        let inside = (0..<count).filter { regions[$0] == region }
        guard let part = part(of: problem.arena, inside) else { return false }
        return arena(of: part) <= problem.capacities[region]
      }
      if fits { best = score }
    }
    return best
  }

  private static func part(of problem: PlacementProblem, _ inside: [Int]) -> PlacementProblem? {
    let overlaps = problem.overlaps.compactMap { overlap -> AllowedOverlap? in
      guard let first = inside.firstIndex(of: overlap.first),
        let second = inside.firstIndex(of: overlap.second)
      else { return nil }
      return AllowedOverlap(first: first, second: second, overlap.condition)
    }
    return try? PlacementProblem(buffers: inside.map { problem.buffers[$0] }, overlaps: overlaps)
  }
}

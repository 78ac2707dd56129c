extension RegionProblem {
  /// No assignment has a higher score than this.
  package var upperBound: Int { RegionBound(self).remaining[0] }

  /// The buffers in the sequence in which they begin.
  var sequence: [Int] {
    arena.buffers.indices.sorted { (arena.buffers[$0].lower, $0) < (arena.buffers[$1].lower, $1) }
  }
}

/// The most that buffers can add to the score, from each position in their sequence on.
///
/// Between each two regions, the value that the faster ones cannot hold is counted: at any time, so many live
/// bytes as exceed their capacity are worth at least the cheapest of them, taken in parts (the fractional
/// knapsack of Dantzig 1957). Times add up where no buffer is live at two of them.
struct RegionBound {
  /// By position in the problem's sequence, and at the end 0.
  private(set) var remaining: [Int]

  /// A time at which more is live than fits.
  private struct Section {
    let time: Int
    /// Lowest position of a live buffer, and the time at which it begins.
    let firstPosition: Int
    let firstTime: Int
    /// The least value that is lost.
    let loss: Int
  }

  init(_ problem: RegionProblem) {
    let sequence = problem.sequence
    remaining = [Int](repeating: 0, count: sequence.count + 1)
    var capacity = 0
    for region in problem.capacities.indices.dropLast() {
      capacity += problem.capacities[region]
      let isInside = problem.values.indices.map { buffer in
        problem.choices(of: buffer).contains { $0 <= region }
      }
      let sections = Self.sections(problem, sequence, isInside, capacity: capacity)
      add(sections, values: sequence.map { isInside[$0] ? problem.values[$0] : 0 })
    }
  }

  /// Adds what one border between regions allows.
  private mutating func add(_ sections: [Section], values: [Int]) {
    var losses = [Int](repeating: 0, count: sections.count + 1)
    for (number, section) in sections.enumerated().reversed() {
      let next = sections[number...].firstIndex { $0.firstTime > section.time } ?? sections.count
      losses[number] = max(losses[number + 1], section.loss + losses[next])
    }
    var value = 0
    var number = sections.count
    for position in values.indices.reversed() {
      value += values[position]
      while number > 0, sections[number - 1].firstPosition >= position { number -= 1 }
      remaining[position] += value - losses[number]
    }
  }

  private static func sections(
    _ problem: RegionProblem, _ sequence: [Int], _ isInside: [Bool], capacity: Int
  ) -> [Section] {
    let buffers = problem.arena.buffers
    let sharing = SharingTable(problem.arena)
    var live: [(position: Int, buffer: Int)] = []
    var sections: [Section] = []
    for (position, buffer) in sequence.enumerated() {
      let time = buffers[buffer].lower
      live.removeAll { buffers[$0.buffer].upper <= time }
      if isInside[buffer], buffers[buffer].size > 0 { live.append((position, buffer)) }
      let isLast = position + 1 == sequence.count || buffers[sequence[position + 1]].lower > time
      guard isLast, let first = live.first else { continue }
      let bytes = live.reduce(0) { $0 + buffers[$1.buffer].size }
      guard bytes > capacity else { continue }
      let excess = bytes - sharing.mostSharedBytes(among: live.map(\.buffer)) - capacity
      guard excess > 0 else { continue }
      let loss = cheapest(excess, of: live.map { (buffers[$0.buffer].size, problem.values[$0.buffer]) })
      sections.append(
        Section(
          time: time, firstPosition: first.position, firstTime: buffers[first.buffer].lower, loss: loss))
    }
    return sections
  }

  /// The least value of so many bytes, where buffers can be cut.
  private static func cheapest(_ bytes: Int, of buffers: [(size: Int, value: Int)]) -> Int {
    var rest = bytes
    var value = 0
    let byDensity = buffers.enumerated().sorted { one, two in
      let left = one.element.value.multipliedFullWidth(by: two.element.size)
      let right = two.element.value.multipliedFullWidth(by: one.element.size)
      return (left.high, left.low, one.offset) < (right.high, right.low, two.offset)
    }
    for (_, buffer) in byDensity {
      if rest < buffer.size {
        return value + buffer.size.dividingFullWidth(buffer.value.multipliedFullWidth(by: rest)).quotient
      }
      value += buffer.value
      rest -= buffer.size
      if rest == 0 { break }
    }
    return value
  }
}

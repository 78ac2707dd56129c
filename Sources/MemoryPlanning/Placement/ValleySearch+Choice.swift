import Tensors

/// Two words that stand for the unplaced buffers of a part and the floors under them.
struct StateKey: Hashable {
  var one: UInt64
  var two: UInt64
}

/// States from which there is no way on: of those that fall on one place, the last.
struct StateSet {
  private var slots = [StateKey](repeating: StateKey(one: 0, two: 0), count: 1 << 10)
  private var inserted = 0
  private static var largest: Int { 1 << 18 }

  mutating func insert(_ key: StateKey) {
    inserted += 1
    if inserted > slots.count, slots.count < Self.largest { grow() }
    slots[Int(key.one % UInt64(slots.count))] = key
  }

  func contains(_ key: StateKey) -> Bool { slots[Int(key.one % UInt64(slots.count))] == key }

  private mutating func grow() {
    let old = slots
    slots = [StateKey](repeating: StateKey(one: 0, two: 0), count: 4 * old.count)
    for key in old { slots[Int(key.one % UInt64(slots.count))] = key }
  }
}

extension ValleySearch {
  /// Begins the search of a part with the section that has the fewest choices.
  ///
  /// - Returns: false where the part is known to have no placement.
  mutating func open(_ waiting: Waiting) -> Bool {
    let part = waiting.part
    work += min(part.count, Self.longestLook)
    let key = part.count <= Self.longestLook ? key(of: part) : nil
    if ideas.contains(.repeatedStates), let key, states.contains(key) { return false }
    let section = bestSection(of: part)
    let start = options.count
    let first = sections.starts[section]
    for place in first..<first + unplacedCount[section] where offsets[residents[place]] == floors[section] {
      let buffer = residents[place]
      if ideas.contains(.equalBuffers), twin[buffer] >= 0, !isPlaced[twin[buffer]] { continue }
      options.append(buffer)
      var at = options.count - 1
      while at > start, rank[options[at - 1]] > rank[buffer] {
        options.swapAt(at, at - 1)
        at -= 1
      }
    }
    frames.append(
      Frame(
        part: part, section: section, parent: waiting.parent, waiting: waiting.next,
        agendaCount: agenda.count,
        choicesStart: start, next: start, choicesEnd: options.count, undoCount: undo.count, key: key))
    return true
  }

  private func key(of part: Range<Int>) -> StateKey {
    var key = StateKey(one: UInt64(part.lowerBound), two: UInt64(part.upperBound))
    for section in part {
      let word = words[section] ^ (UInt64(truncatingIfNeeded: floors[section]) &* 0x9E37_79B9_7F4A_7C15)
      key.one = (key.one ^ word) &* 0xBF58_476D_1CE4_E5B9
      key.one ^= key.one >> 29
      key.two = (key.two &+ word) &* 0x94D0_49BB_1331_11EB
      key.two ^= key.two >> 31
    }
    return key
  }

  /// Sections of a part that a node looks at; any valley will do, and the states of longer parts hardly come again.
  private static var longestLook: Int { 512 }

  /// Choices of a section by the weight that it has learned, then its room to spare.
  private struct Score: Comparable {
    var choices: Int
    let weight: Int
    let slack: Int

    static func < (left: Score, right: Score) -> Bool {
      let (one, two) = (
        left.choices.saturatingMultiply(right.weight), right.choices.saturatingMultiply(left.weight)
      )
      return one == two ? left.slack < right.slack : one < two
    }
  }

  /// Of all sections in valleys, the one with the fewest choices by its weight, then the least room to spare.
  private func bestSection(of part: Range<Int>) -> Int {
    var best = part.lowerBound
    var bestScore = Score(choices: .max, weight: 1, slack: .max)
    var section = part.lowerBound
    while section < part.upperBound {
      if section - part.lowerBound > Self.longestLook, bestScore.choices < .max { break }
      let start = section
      let floor = floors[start]
      while section < part.upperBound, floors[section] == floor { section += 1 }
      let isValley =
        (start == part.lowerBound || floors[start - 1] > floor)
        && (section == part.upperBound || floors[section] > floor)
      guard isValley, floor < .max else { continue }
      for inner in start..<min(section, start + Self.longestLook) {
        let slack = limit - floor - unplacedBytes[inner]
        let score = Score(
          choices: 2 * choices[inner] + (slack > 0 ? 1 : 0),
          weight: ideas.contains(.weights) ? weights[inner] : 1, slack: slack)
        if !ideas.contains(.fewestChoices) {
          if floor < bestScore.choices { (best, bestScore.choices) = (inner, floor) }
        } else if score < bestScore {
          (best, bestScore) = (inner, score)
        }
      }
    }
    return best
  }
}

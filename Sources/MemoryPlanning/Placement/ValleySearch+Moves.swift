import Tensors

extension ValleySearch {
  /// Places a buffer as low as it can be.
  ///
  /// - Returns: false where another buffer or a section has no room left.
  mutating func put(_ buffer: Int) -> Bool {
    let end = offsets[buffer] + size[buffer]
    isPlaced[buffer] = true
    undo.append(.placed(buffer: buffer))
    words[sections.first[buffer]] ^= SeededRandom.word(at: buffer)
    for section in sections.first[buffer]..<sections.last[buffer] {
      take(buffer, from: section)
      setFloor(section, end, choices[section])
    }
    return raise(from: sections.first[buffer]..<sections.last[buffer], to: end)
  }

  /// Raises the floor of a section on which none of its buffers stands to where the next one can.
  ///
  /// - Returns: false where there is no such place.
  mutating func leaveEmpty(_ frame: Frame) -> Bool {
    let section = frame.section
    let floor = floors[section]
    var next = Int.max
    let start = sections.starts[section]
    for place in start..<start + unplacedCount[section] {
      let buffer = residents[place]
      next = min(next, offsets[buffer] > floor ? offsets[buffer] : lowestSupport(of: buffer, beside: section))
    }
    guard next <= limit - unplacedBytes[section] else { return false }
    setFloor(section, next, choices[section])
    return raise(from: section..<section + 1, to: next)
  }

  /// The lowest end of an unplaced buffer that a buffer can stand on but that is not live in a section.
  private mutating func lowestSupport(of buffer: Int, beside section: Int) -> Int {
    var lowest = Int.max
    func look(_ other: Int) {
      if other == buffer || isPlaced[other] { return }
      if sections.first[other] <= section, sections.last[other] > section { return }
      lowest = min(lowest, offsets[other] + size[other])
    }
    let first = sections.first[buffer]
    let start = sections.starts[first]
    for place in start..<start + unplacedCount[first] { look(residents[place]) }
    let begin = sections.beginnerStarts[first + 1]
    for place in begin..<max(begin, sections.beginnerStarts[sections.last[buffer]]) {
      look(sections.beginners[place])
    }
    return lowest == .max ? lowest : lowest.roundedUp(to: alignment[buffer])
  }

  private mutating func take(_ buffer: Int, from section: Int) {
    unplacedBytes[section] -= size[buffer]
    unplacedCount[section] -= 1
    if section + 1 < sections.last[buffer] { crossing[section] -= 1 }
    let hole = places[sections.placeStarts[buffer] + section - sections.first[buffer]]
    let end = sections.starts[section] + unplacedCount[section]
    let moved = residents[end]
    residents[hole] = moved
    residents[end] = buffer
    places[sections.placeStarts[moved] + section - sections.first[moved]] = hole
    places[sections.placeStarts[buffer] + section - sections.first[buffer]] = end
  }

  private mutating func setFloor(_ section: Int, _ floor: Int, _ newChoices: Int) {
    if floors[section] == floor, choices[section] == newChoices { return }
    undo.append(.floor(section: section, old: floors[section], oldChoices: choices[section]))
    floors[section] = floor
    choices[section] = newChoices
  }

  /// Raises the unplaced buffers of sections, and then the floors of all sections in which one of these is live.
  private mutating func raise(from range: Range<Int>, to floor: Int) -> Bool {
    var touched = range
    let start = sections.starts[range.lowerBound]
    let begin = sections.beginnerStarts[range.lowerBound + 1]
    let end = max(begin, sections.beginnerStarts[range.upperBound])
    for place in start..<start + unplacedCount[range.lowerBound] {
      guard raise(residents[place], to: floor, &touched) else { return false }
    }
    for place in begin..<end where !isPlaced[sections.beginners[place]] {
      guard raise(sections.beginners[place], to: floor, &touched) else { return false }
    }
    for section in touched {
      guard refresh(section) else { return false }
    }
    return true
  }

  private mutating func raise(_ buffer: Int, to floor: Int, _ touched: inout Range<Int>) -> Bool {
    let offset = floor.roundedUp(to: alignment[buffer])
    guard offsets[buffer] < offset else { return true }
    undo.append(.offset(buffer: buffer, old: offsets[buffer]))
    offsets[buffer] = offset
    let (first, last) = (sections.first[buffer], sections.last[buffer])
    touched = min(touched.lowerBound, first)..<max(touched.upperBound, last)
    if offset + size[buffer] <= limit { return true }
    for section in first..<last { weights[section] += 1 }
    return false
  }

  /// Looks at the unplaced buffers of a section: the floor is not beneath the lowest, and all must find room.
  private mutating func refresh(_ section: Int) -> Bool {
    let count = unplacedCount[section]
    work += count + 1
    if count == 0 {
      // Nothing can stand there any more: a wall to the valleys beside it.
      setFloor(section, .max, 0)
      return true
    }
    let start = sections.starts[section]
    var lowest = Int.max
    var highest = 0
    var onFloor = 0
    var newChoices = 0
    for place in start..<start + count {
      let buffer = residents[place]
      let offset = offsets[buffer]
      highest = max(highest, offset)
      if offset < lowest {
        (lowest, newChoices, onFloor) = (offset, 1, size[buffer])
      } else if offset == lowest {
        newChoices += 1
        onFloor += size[buffer]
      }
    }
    setFloor(section, lowest, newChoices)
    guard ideas.contains(.sectionBound) else { return true }
    let slack = limit - lowest - unplacedBytes[section]
    let isWorthLooking = count <= Self.mostSorted && highest - lowest > slack + onFloor
    if slack >= 0, !ideas.contains(.raisedStarts) || !isWorthLooking || hasRoom(start..<start + count) {
      return true
    }
    weights[section] += 1
    return false
  }

  /// Residents that are sorted at each look at a section; more cost more than the bound saves.
  private static var mostSorted: Int { 24 }

  /// Whether the buffers of a section find room, each at or above its lowest start: of those that start at an offset
  /// or above, all lie between it and the limit (Jackson's schedule by release times, 1955).
  private mutating func hasRoom(_ range: Range<Int>) -> Bool {
    sorted.removeAll(keepingCapacity: true)
    for place in range {
      let buffer = residents[place]
      let key = offsets[buffer]
      var at = sorted.count
      sorted.append((key, size[buffer]))
      while at > 0, sorted[at - 1].offset < key {
        sorted.swapAt(at, at - 1)
        at -= 1
      }
    }
    var sum = 0
    for entry in sorted {
      sum += entry.size
      if entry.offset + sum > limit { return false }
    }
    return true
  }

  mutating func restore(to count: Int) {
    while undo.count > count, let change = undo.popLast() {
      switch change {
      case .floor(let section, let old, let oldChoices):
        (floors[section], choices[section]) = (old, oldChoices)
      case .offset(let buffer, let old): offsets[buffer] = old
      case .placed(let buffer):
        isPlaced[buffer] = false
        words[sections.first[buffer]] ^= SeededRandom.word(at: buffer)
        for section in sections.first[buffer]..<sections.last[buffer] {
          unplacedBytes[section] += size[buffer]
          unplacedCount[section] += 1
          if section + 1 < sections.last[buffer] { crossing[section] += 1 }
        }
      }
    }
  }
}

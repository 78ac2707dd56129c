/// What one buffer is allowed beside another.
struct Partner: Sendable, Equatable {
  let other: Int
  /// Bytes from the other's start to this one's, at least, where this one stands above.
  let whenAbove: Int
  /// Bytes from this one's start to the other's, at least, where this one stands below.
  let whenBelow: Int
  /// Whether both may have one address.
  let mayBeEqual: Bool
}

extension PlacementProblem {
  static func check(_ overlaps: [AllowedOverlap], bufferCount: Int) throws(PlanningError) {
    var seen: Set<[Int]> = []
    for overlap in overlaps {
      let pair = [overlap.first, overlap.second].sorted()
      guard pair[0] >= 0, pair[1] < bufferCount, pair[0] != pair[1] else {
        throw .invalidProblem("an overlap of buffers \(overlap.first) and \(overlap.second)")
      }
      guard seen.insert(pair).inserted else {
        throw .invalidProblem("two overlaps of buffers \(pair[0]) and \(pair[1])")
      }
      guard overlap.leastDistance >= 0 else {
        throw .invalidProblem("buffers \(overlap.first) and \(overlap.second) overlap at a negative distance")
      }
    }
  }

  /// A buffer that starts d bytes before another is the same as one of min(d, its size) bytes beneath it.
  static func partners(_ buffers: [Buffer], _ overlaps: [AllowedOverlap]) -> [[Partner]] {
    var partners = [[Partner]](repeating: [], count: buffers.count)
    for overlap in overlaps where buffers[overlap.first].isLiveTogether(with: buffers[overlap.second]) {
      let (first, second) = (overlap.first, overlap.second)
      let isEqual = overlap.condition == .equal
      let distance = isEqual ? buffers[first].size : min(overlap.leastDistance, buffers[first].size)
      partners[first].append(
        Partner(
          other: second, whenAbove: buffers[second].size, whenBelow: distance, mayBeEqual: isEqual))
      partners[second].append(
        Partner(other: first, whenAbove: distance, whenBelow: buffers[second].size, mayBeEqual: isEqual))
    }
    return partners
  }

  func partner(of index: Int, _ other: Int) -> Partner? {
    partners[index].isEmpty ? nil : partners[index].first { $0.other == other }
  }

  /// Whether two buffers are never live together, disjoint, or overlap as allowed.
  func areApart(_ first: Int, _ second: Int, at offsets: [Int]) -> Bool {
    areApart(first, second, startingAt: offsets[first], offsets[second])
  }

  package func areApart(_ first: Int, _ second: Int, startingAt start: Int, _ secondStart: Int) -> Bool {
    let (one, two) = (buffers[first], buffers[second])
    if !one.isLiveTogether(with: two) || one.size == 0 || two.size == 0 { return true }
    let distance = secondStart - start
    if distance >= one.size || -distance >= two.size { return true }
    guard let partner = partner(of: first, second) else { return false }
    return distance >= partner.whenBelow || -distance >= partner.whenAbove
      || (partner.mayBeEqual && distance == 0)
  }

  /// How the most bytes that buffers can share change over time: negative where sharing begins.
  var sharedBytesChanges: [(time: Int, change: Int)] {
    var readers = [[AllowedOverlap]](repeating: [], count: buffers.count)
    for overlap in overlaps { readers[overlap.first].append(overlap) }
    var changes: [(time: Int, change: Int)] = []
    for (buffer, overlaps) in zip(buffers, readers) where !overlaps.isEmpty {
      let lives = buffer.lower...max(buffer.lower, buffer.upper)
      var times = [buffer.lower, buffer.upper]
      for overlap in overlaps {
        let read = buffers[overlap.second]
        if lives.contains(read.lower) { times.append(read.lower) }
        if lives.contains(read.upper) { times.append(read.upper) }
      }
      times.sortAndDropEquals()
      for (time, next) in zip(times, times.dropFirst()) {
        let read = overlaps.lazy.map { ($0, buffers[$0.second]) }.filter {
          $1.lower <= time && $1.upper > time
        }
        let shared = AllowedOverlap.mostSharedBytes(
          written: buffer.size, read: read.map { (size: $1.size, distance: $0.leastDistance) })
        guard shared > 0 else { continue }
        changes.append((time, -shared))
        changes.append((next, shared))
      }
    }
    return changes
  }

  /// The problem in which buffers that may have one address, and can be one buffer, are one.
  ///
  /// - Returns: the buffer of the merged problem for each of this one; nil where nothing can be merged.
  var mergedEquals: (problem: PlacementProblem, group: [Int])? {
    var members = buffers.indices.map { [$0] }
    var group = Array(buffers.indices)
    for overlap in overlaps where overlap.condition == .equal {
      let (one, two) = (group[overlap.first], group[overlap.second])
      guard one != two, canBeOne(members[one], members[two]) else { continue }
      for index in members[two] { group[index] = one }
      members[one] += members[two]
      members[two] = []
    }
    let kept = members.indices.filter { !members[$0].isEmpty }
    guard kept.count < buffers.count else { return nil }
    var number = [Int](repeating: 0, count: buffers.count)
    for (position, index) in kept.enumerated() { number[index] = position }
    let merged = kept.map { index in
      let parts = members[index].map { buffers[$0] }
      return Buffer(
        size: parts.map(\.size).max() ?? 0, lower: parts.map(\.lower).min() ?? 0,
        upper: parts.map(\.upper).max() ?? 0, alignment: parts.map(\.alignment).max() ?? 1,
        fixedOffset: parts.first?.fixedOffset)
    }
    let rest = overlaps.filter { overlap in
      overlap.condition != .equal && group[overlap.first] != group[overlap.second]
        && isOnlyPairLiveTogether(overlap, members[group[overlap.first]], members[group[overlap.second]])
    }
    let distinct = rest.map {
      AllowedOverlap(first: number[group[$0.first]], second: number[group[$0.second]], $0.condition)
    }
    return (PlacementProblem(unchecked: merged, overlaps: distinct), group.map { number[$0] })
  }

  private func isOnlyPairLiveTogether(_ overlap: AllowedOverlap, _ first: [Int], _ second: [Int]) -> Bool {
    first.allSatisfy { one in
      second.allSatisfy { two in
        (one == overlap.first && two == overlap.second) || !buffers[one].isLiveTogether(with: buffers[two])
      }
    }
  }

  /// Whether all that are live together may have one address, and nothing is placed or aligned apart.
  private func canBeOne(_ first: [Int], _ second: [Int]) -> Bool {
    (first + second).allSatisfy {
      buffers[$0].fixedOffset == nil && buffers[$0].size == buffers[first[0]].size
    }
      && first.allSatisfy { one in
        second.allSatisfy { two in
          buffers[one].alignment == buffers[two].alignment
            && (!buffers[one].isLiveTogether(with: buffers[two])
              || partner(of: one, two)?.mayBeEqual ?? false)
        }
      }
  }
}

package import MemoryPlanning
package import Workflows

/// The buffers of a plan as minimalloc's CSV, for `nnopt place` and other tools.
package enum PlanBuffers {
  /// Rows of `id,lower,upper,size,offset` in steps and bytes, half-open; under `over`, which of them share bytes in the
  /// plan.
  ///
  /// - Throws: `PlanningError` where the plan's buffers are no placement.
  package static func csv(_ report: PlanReport) throws(PlanningError) -> String {
    let used = report.plan.buffers.indices.filter { report.plan.buffers[$0].byteCount > 0 }
    let buffers = used.map { report.plan.buffers[$0] }
    let problem = try PlacementProblem(
      buffers: buffers.map {
        PlacementProblem.Buffer(
          size: $0.byteCount, lower: $0.lifetime.lowerBound, upper: $0.lifetime.upperBound)
      }, overlaps: overlaps(buffers.map { ($0.lifetime, $0.offset..<$0.offset + $0.byteCount) }))
    let named = NamedPlacementProblem(names: names(used.map { report.buffers[$0].name }), problem: problem)
    let placement = Placement(offsets: buffers.map(\.offset), arenaBytes: report.plan.arenaBytes)
    return named.csv(with: placement)
  }

  /// Pairs that are live together at the same bytes, with the distance that they have.
  private static func overlaps(_ places: [(time: Range<Int>, bytes: Range<Int>)]) -> [AllowedOverlap] {
    let byTime = places.indices.sorted { (places[$0].time.lowerBound, $0) < (places[$1].time.lowerBound, $1) }
    var live: [Int] = []
    var overlaps: [AllowedOverlap] = []
    for index in byTime {
      let place = places[index]
      live.removeAll { places[$0].time.upperBound <= place.time.lowerBound }
      for other in live
      where places[other].bytes.overlaps(place.bytes) && place.time.overlaps(places[other].time) {
        let (first, second) =
          places[other].bytes.lowerBound < place.bytes.lowerBound ? (other, index) : (index, other)
        let distance = places[second].bytes.lowerBound - places[first].bytes.lowerBound
        overlaps.append(
          AllowedOverlap(first: first, second: second, distance == 0 ? .equal : .startsBefore(distance)))
      }
      live.append(index)
    }
    return overlaps
  }

  /// Names that differ, and that the column `over` can name: without spaces, and without characters that no terminal
  /// shows. Those that several buffers have get a number.
  static func names(_ given: [String]) -> [String] {
    let plain = given.map { name in
      String(DisplayText.sanitized(name).map { $0.isWhitespace ? "_" : $0 })
    }
    var counts: [String: Int] = [:]
    for name in plain { counts[name, default: 0] += 1 }
    var used = Set(plain.filter { counts[$0] == 1 })
    return plain.enumerated().map { index, name in
      guard counts[name] != 1 else { return name }
      var unique = "\(name)#\(index)"
      while !used.insert(unique).inserted { unique += "'" }
      return unique
    }
  }
}

/// Times cut into sections, and the buffers that are live in each, as flat tables.
///
/// A section whose buffers are all live in the section beside it says nothing of its own and is left out.
struct ValleySections {
  /// First section and the one behind the last, by buffer.
  let first: [Int]
  let last: [Int]
  /// Where the residents of each section begin in `residents`; one more than there are sections.
  let starts: [Int]
  /// Buffers by section.
  let residents: [Int]
  /// Where each buffer begins in `places`.
  let placeStarts: [Int]
  /// Where each buffer stands in `residents`, by its sections.
  let places: [Int]
  /// Where the buffers that begin in each section start in `beginners`.
  let beginnerStarts: [Int]
  let beginners: [Int]

  var count: Int { starts.count - 1 }

  init(_ buffers: [PlacementProblem.Buffer]) {
    let ranges = Self.ranges(of: buffers)
    first = ranges.first
    last = ranges.last
    let count = ranges.count
    var starts = [Int](repeating: 0, count: count + 1)
    var beginnerStarts = starts
    var placeStarts = [0]
    placeStarts.reserveCapacity(buffers.count + 1)
    for index in buffers.indices {
      for section in first[index]..<last[index] { starts[section + 1] += 1 }
      beginnerStarts[first[index] + 1] += 1
      placeStarts.append(placeStarts[index] + last[index] - first[index])
    }
    for section in 0..<count {
      starts[section + 1] += starts[section]
      beginnerStarts[section + 1] += beginnerStarts[section]
    }
    var residents = [Int](repeating: 0, count: starts[count])
    var places = residents
    var beginners = [Int](repeating: 0, count: buffers.count)
    var ends = starts
    var beginnerEnds = beginnerStarts
    for index in buffers.indices {
      beginners[beginnerEnds[first[index]]] = index
      beginnerEnds[first[index]] += 1
      for section in first[index]..<last[index] {
        residents[ends[section]] = index
        places[placeStarts[index] + section - first[index]] = ends[section]
        ends[section] += 1
      }
    }
    self.starts = starts
    self.beginnerStarts = beginnerStarts
    self.placeStarts = placeStarts
    self.residents = residents
    self.places = places
    self.beginners = beginners
  }

  /// A new section begins where a buffer begins and one has ended since the last section began: the largest sets of
  /// buffers that are live together.
  private static func ranges(
    of buffers: [PlacementProblem.Buffer]
  ) -> (first: [Int], last: [Int], count: Int) {
    let byStart = buffers.indices.sorted { (buffers[$0].lower, $0) < (buffers[$1].lower, $1) }
    let byEnd = buffers.indices.sorted { (buffers[$0].upper, $0) < (buffers[$1].upper, $1) }
    var first = [Int](repeating: 0, count: buffers.count)
    var last = first
    var section = 0
    var ended = 0
    for index in byStart {
      let time = buffers[index].lower
      if ended < byEnd.count, buffers[byEnd[ended]].upper <= time {
        while ended < byEnd.count, buffers[byEnd[ended]].upper <= time {
          last[byEnd[ended]] = section + 1
          ended += 1
        }
        section += 1
      }
      first[index] = section
    }
    while ended < byEnd.count {
      last[byEnd[ended]] = section + 1
      ended += 1
    }
    return (first, last, buffers.isEmpty ? 0 : section + 1)
  }
}

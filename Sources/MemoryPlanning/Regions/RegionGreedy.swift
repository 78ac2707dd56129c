extension RegionProblem {
  /// Places buffers by falling value per byte, pinned ones first, each in the fastest region with room for it.
  ///
  /// - Parameter capacities: of the regions, in bytes.
  /// - Returns: nil where a buffer finds no room.
  func greedyAssignment(capacities: [Int]) -> RegionAssignment? {
    var regions = values.map { _ in 0 }
    var offsets = regions
    var placed = capacities.map { _ in [Int]() }
    for index in byFallingDensity {
      let choices = pins[index].map { [$0] } ?? Array(capacities.indices)
      var isPlaced = false
      for region in choices where !isPlaced {
        let offset =
          arena.buffers[index].size == 0
          ? 0 : arena.lowestOffset(of: index, among: placed[region], at: offsets)
        guard offset <= capacities[region] - arena.buffers[index].size else { continue }
        (regions[index], offsets[index]) = (region, offset)
        let place = placed[region].firstIndex { (offsets[$0], $0) > (offset, index) }
        placed[region].insert(index, at: place ?? placed[region].count)
        isPlaced = true
      }
      guard isPlaced else { return nil }
    }
    return RegionAssignment(regions: regions, offsets: offsets)
  }

  private var byFallingDensity: [Int] {
    let buffers = arena.buffers
    return buffers.indices.sorted { one, two in
      let ranks = [one, two].map { pins[$0] != nil ? 0 : buffers[$0].size == 0 ? 1 : 2 }
      if ranks[0] != ranks[1] { return ranks[0] < ranks[1] }
      if ranks[0] < 2 { return one < two }
      let left = values[one].multipliedFullWidth(by: buffers[two].size)
      let right = values[two].multipliedFullWidth(by: buffers[one].size)
      return (right.high, right.low, one) < (left.high, left.low, two)
    }
  }
}

extension PlacementProblem {
  /// Times that windows are looked at around, and buffers that one holds at most.
  private static let (mostPeaks, mostBuffers) = (4, 24)

  /// Whether a few steps around those with the most live bytes need as many bytes as that, whatever the others do.
  package func needs(_ bytes: Int, effort: PlacementEffort) -> Bool {
    let bound = lowerBound
    return bound >= bytes || windowBound(above: bound, below: bytes, effort: effort).bytes >= bytes
  }

  /// Bytes that no placement goes below, from a few steps around those with the most live bytes.
  ///
  /// What is live before and after a window is left out, so that buffers which last through it can stand in each other's
  /// place, and a small search proves what a search of all would lose itself in: that the gap one step leaves has no use in
  /// the next.
  ///
  /// - Parameters:
  ///   - bound: bytes that no placement is known to go below.
  ///   - best: bytes of a placement; where the bound reaches them, nothing is left to prove.
  func windowBound(above bound: Int, below best: Int, effort: PlacementEffort) -> (bytes: Int, nodes: Int) {
    guard effort.ideas.contains(.peakWindows), !overlaps.isEmpty, !hasFixedOffsets, effort.searchNodes > 0
    else { return (bound, 0) }
    var inner = effort
    inner.ideas.remove([.peakWindows, .pressedFirst])
    inner.searchNodes = min(effort.searchNodes, max(500, effort.searchNodes / 64))
    inner.climbPlacements = 100
    var (proved, nodes) = (bound, 0)
    for peak in stretches(whereMoreThan: lowerBound - 1).prefix(Self.mostPeaks) {
      for margin in [1, 2] where proved < best {
        let window = window(peak.lowerBound - margin..<peak.upperBound + margin)
        guard window.buffers.count <= Self.mostBuffers else { break }
        let found = window.optimizedPlacement(effort: inner, goal: proved)
        proved = max(proved, min(found.lowerBound, best))
        nodes += found.nodes
      }
    }
    return (proved, nodes)
  }

  /// The buffers that are live in a stretch of time, as if there were no other time.
  private func window(_ times: Range<Int>) -> PlacementProblem {
    let live = buffers.indices.filter {
      buffers[$0].lower < times.upperBound && buffers[$0].upper > times.lowerBound
    }
    let part = subproblem(live)
    return PlacementProblem(
      unchecked: part.buffers.map { buffer in
        Buffer(
          size: buffer.size, lower: max(buffer.lower, times.lowerBound),
          upper: min(buffer.upper, times.upperBound),
          alignment: buffer.alignment)
      }, overlaps: part.overlaps)
  }
}

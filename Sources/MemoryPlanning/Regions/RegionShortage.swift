/// What is missing where buffers do not fit their regions.
package struct RegionShortage: Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    /// A buffer is larger than the largest region it may be in.
    case buffer(Int)
    /// At some time so many bytes more are live than all regions together have.
    case liveBytes(missing: Int)
    /// The bytes would suffice, but no way to place the buffers was found.
    case placement
  }

  package let cause: Cause
  /// Bytes of the last region with which everything fits; nil where something is pinned to a region that is
  /// too small for it.
  package let sufficientLastCapacity: Int?
}

extension RegionProblem {
  /// What is missing, given that no assignment was found.
  package var shortage: RegionShortage {
    var wide = capacities
    wide[wide.count - 1] = .max
    let sufficient = greedyAssignment(capacities: wide).map { assignment in
      let last = assignment.regions.indices.filter { assignment.regions[$0] == capacities.count - 1 }
      return arena.subproblem(last).optimizedPlacement(effort: .quick).placement.arenaBytes
    }
    return RegionShortage(cause: cause, sufficientLastCapacity: sufficient)
  }

  private var cause: RegionShortage.Cause {
    let homeless = values.indices.filter { choices(of: $0).isEmpty }
    if let largest = homeless.max(by: { (arena.buffers[$0].size, -$0) < (arena.buffers[$1].size, -$1) }) {
      return .buffer(largest)
    }
    let missing = arena.lowerBound - capacities.reduce(0, +)
    return missing > 0 ? .liveBytes(missing: missing) : .placement
  }
}

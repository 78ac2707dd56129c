package import MemoryPlanning

/// How long to look for a plan; counted, not timed, so that results are the same on any machine.
package struct PlanningEffort: Sendable, Equatable {
  package enum Level: String, Sendable, CaseIterable {
    /// For a first look, and for zoos of many models.
    case quick
    case normal
    /// Where a few bytes decide; may take minutes on a model of hundreds of operators.
    case thorough
  }

  /// Of the search for an order; the states are those of all graphs of a model together.
  package var orders: OrderSearchOptions
  /// Steps of orders that the walk over orders may try; a large graph gets fewer orders.
  package var walkedSteps: Int
  /// Sequences of blocks that are tried for a model with loops whose tensors stay in place.
  package var slotRounds: Int
  /// For buffers that stand apart, which are quick to place well.
  package var apart: PlacementEffort
  /// For the first plan of buffers that may overlap.
  package var first: PlacementEffort
  /// For the last one, of the best order.
  package var last: PlacementEffort

  private let level: Level

  package init(_ level: Level = .normal) {
    self.level = level
    switch level {
    case .quick:
      orders = OrderSearchOptions(stateBudget: 5_000, beamWidth: 16)
      walkedSteps = 250
      slotRounds = 250
      apart = .quick
      first = PlacementEffort(searchNodes: 800, climbPlacements: 3_000)
      last = first
    case .normal:
      orders = OrderSearchOptions()
      walkedSteps = 2_500
      slotRounds = 1_000
      apart = PlacementEffort()
      first = PlacementEffort(searchNodes: 4_000, climbPlacements: 30_000)
      last = first
    case .thorough:
      orders = OrderSearchOptions(stateBudget: 2_000_000, beamWidth: 1_024)
      walkedSteps = 100_000
      slotRounds = 20_000
      apart = PlacementEffort(searchNodes: 10_000_000, climbPlacements: 2_000_000)
      first = PlacementEffort(searchNodes: 400_000, climbPlacements: 300_000)
      last = PlacementEffort(searchNodes: 2_000_000, climbPlacements: 2_000_000)
    }
  }

  /// Everything that is tried: each smaller effort, then this one, so that a larger effort is never worse.
  var levels: [PlanningEffort] {
    let smaller = Level.allCases.prefix { $0 != level }.map { level in
      var effort = PlanningEffort(level)
      effort.slotRounds = min(effort.slotRounds, slotRounds)
      return effort
    }
    return smaller + [self]
  }

  package static let normal = PlanningEffort(.normal)

  /// This effort with another number of states of the search for an order.
  package func with(states: Int) -> PlanningEffort {
    var effort = self
    effort.orders.stateBudget = states
    return effort
  }
}

/// How long to look for offsets; counted, not timed, so that results are the same on any machine.
package struct PlacementEffort: Sendable, Equatable {
  /// Nodes that the exact search may visit in each stretch of time that stands alone.
  package var searchNodes: Int
  /// Buffers that the climb over sequences may place.
  package var climbPlacements: Int
  package var ideas: PlacementIdeas

  package init(
    searchNodes: Int = 400_000, climbPlacements: Int = 100_000, ideas: PlacementIdeas = .all
  ) {
    self.ideas = ideas
    self.searchNodes = searchNodes
    self.climbPlacements = climbPlacements
  }

  /// Enough for a first impression of one order among many.
  package static let glance = PlacementEffort(searchNodes: 0, climbPlacements: 2_000)
  package static let quick = PlacementEffort(searchNodes: 8_000, climbPlacements: 30_000)

  /// What is tried before: a quick look before anything larger.
  var steps: [PlacementEffort] {
    guard searchNodes > Self.quick.searchNodes, climbPlacements >= Self.quick.climbPlacements else {
      return [self]
    }
    var quick = Self.quick
    quick.ideas = ideas
    return [quick, self]
  }
}

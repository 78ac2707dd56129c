/// How long to look for regions; counted, not timed, so that results are the same on any machine.
package struct RegionEffort: Sendable, Equatable {
  /// States that all sweeps together may make.
  package var states: Int
  /// Sweeps, each of which rules out what could not be placed before.
  package var sweeps: Int
  /// Effort of placing the buffers of one region.
  package var placement: PlacementEffort
  /// Effort of placing all buffers in the first region, and twice those of one region.
  package var wholePlacement: PlacementEffort

  package init(
    states: Int = 500_000, sweeps: Int = 6, placement: PlacementEffort = .quick,
    wholePlacement: PlacementEffort = PlacementEffort(searchNodes: 20_000, climbPlacements: 30_000)
  ) {
    self.wholePlacement = wholePlacement
    self.states = states
    self.sweeps = sweeps
    self.placement = placement
  }
}

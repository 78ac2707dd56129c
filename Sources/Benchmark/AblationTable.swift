import MemoryPlanning

/// What each idea of the searches is worth: answers and counts with one of them left out.
struct AblationTable {
  let problems: PlanningProblems

  /// Effort with which every row is made.
  private static let orderOptions = OrderSearchOptions(stateBudget: 20_000)
  private static let placementEffort = PlacementEffort(searchNodes: 100_000, climbPlacements: 20_000)

  /// - Throws: `PlanningError` where the judges find an answer wrong.
  func markdown() throws(PlanningError) -> String {
    """
    Each row leaves one idea out, with \(Self.orderOptions.stateBudget) states for an order and \
    \(Self.placementEffort.searchNodes) nodes for offsets. \(problems.orders.count) orders and \
    \(problems.placements.count) placements: those of the graphs above, and seeded random ones with overlaps. \
    Every answer is checked by a judge that shares no code with the searches.

    | order without | peaks B | proved | states |
    |---|--:|--:|--:|
    \(try orderRows().joined(separator: "\n"))

    | offsets without | arenas B | proved | nodes |
    |---|--:|--:|--:|
    \(try placementRows().joined(separator: "\n"))
    """
  }

  private func orderRows() throws(PlanningError) -> [String] {
    var rows: [String] = []
    for (name, idea) in [("nothing", [])] + OrderSearchIdeas.named {
      var options = Self.orderOptions
      options.ideas.subtract(idea)
      var (bytes, proved, states) = (0, 0, 0)
      for problem in problems.orders {
        let result = problem.optimizedOrder(options)
        try problem.validate(result.schedule)
        bytes += result.schedule.peakBytes
        proved += result.isProved ? 1 : 0
        states += result.statesExpanded
      }
      rows.append("| \(name) | \(bytes) | \(proved) | \(states) |")
    }
    return rows
  }

  private func placementRows() throws(PlanningError) -> [String] {
    var rows: [String] = []
    for (name, idea) in [("nothing", [])] + PlacementIdeas.named {
      var effort = Self.placementEffort
      effort.ideas.subtract(idea)
      var (bytes, proved, nodes) = (0, 0, 0)
      for problem in problems.placements {
        let result = problem.optimizedPlacement(effort: effort)
        try problem.validate(result.placement)
        bytes += result.placement.arenaBytes
        proved += result.isProved ? 1 : 0
        nodes += result.nodes
      }
      rows.append("| \(name) | \(bytes) | \(proved) | \(nodes) |")
    }
    return rows
  }
}

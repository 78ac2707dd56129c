package import GraphIR
package import MemoryPlanning
package import Runtimes

/// Plans what a build of TFLM will take from its arena: order, offsets, overlaps, room for scratch buffers.
///
/// The order with the lowest peak of live bytes, shared ones counted once, comes first. Where its tensors
/// cannot be placed within that peak, other orders are tried: a seeded walk over orders whose peak is below
/// the best arena.
package struct DevicePlanner: Sendable {
  package let target: TFLMTarget
  /// The kernel libraries on which the plan must give right answers; none for a plan without overlap.
  package let libraries: [KernelLibrary]
  package let searchOptions: OrderSearchOptions
  /// Whether offsets go into the file; without, the runtime's greedy planner places the tensors.
  package let writesOffsets: Bool

  /// Orders that the walk looks at, fewer in large graphs: this number divided by that of the nodes.
  private static let walkLength = 2_500
  private static let lastEffort = PlacementEffort(searchNodes: 4_000, climbPlacements: 30_000)

  package init(
    _ target: TFLMTarget, safeOn libraries: [KernelLibrary],
    searchOptions: OrderSearchOptions = OrderSearchOptions(), writesOffsets: Bool = true
  ) {
    self.target = target
    self.libraries = writesOffsets ? libraries : []
    self.writesOffsets = writesOffsets
    self.searchOptions = searchOptions
  }

  /// Plans with an order of the given name; `optimal` is the best that is found with overlaps in mind.
  ///
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func plan(_ model: Model, order: NamedOrder = .optimal) throws(PlanningError) -> MemoryPlan {
    let planner = try MemoryPlanner(
      model, alignment: TFLMRuntime.alignment, searchOptions: searchOptions, device: deviceMemory(of: model))
    let first = try planner.plan(order, effort: .quick)
    if first.arenaBytes <= max(first.lowerBoundBytes, first.arenaLowerBoundBytes) && order != .optimal {
      return first
    }
    if first.arenaBytes <= first.lowerBoundBytes { return first }
    var best = first
    if order == .optimal { best = try walk(planner, from: first) }
    let last = try planner.place(
      orders: best.orders.map { $0.map(\.index) }, order, effort: Self.lastEffort)
    return (last.arenaBytes < best.arenaBytes ? last : best).withLowerBound(of: first)
  }

  /// Looks for an order with a smaller arena.
  private func walk(_ planner: MemoryPlanner, from first: MemoryPlan) throws(PlanningError) -> MemoryPlan {
    var best = first
    for name in NamedOrder.allCases where name != .optimal {
      let plan = try planner.plan(name, effort: .quick)
      if plan.arenaBytes < best.arenaBytes { best = plan }
    }
    var orders = best.orders.map { $0.map(\.index) }
    guard let main = try planner.graphs(in: orders).first else { return best }
    let problem = main.schedule.problem
    var neighbors = OrderNeighbors(problem, seed: 1)
    var current = best.arenaBytes
    for _ in 0..<(Self.walkLength / max(problem.stepCount, 1)) {
      guard let moved = neighbors.neighbor(of: orders[0]) else { continue }
      if problem.schedule(moved).peakBytes >= best.arenaBytes { continue }
      var trial = orders
      trial[0] = moved
      let plan = try planner.place(
        orders: trial, .optimal, effort: .glance, goal: best.arenaBytes - TFLMRuntime.alignment)
      if plan.arenaBytes <= current { (orders, current) = (trial, plan.arenaBytes) }
      if plan.arenaBytes < best.arenaBytes { best = plan }
      if best.arenaBytes <= first.lowerBoundBytes { break }
    }
    return best
  }

  /// What the target's kernels need, and what they let tensors share.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func deviceMemory(of model: Model) throws(PlanningError) -> DeviceMemory {
    do throws(TFLMRuntimeError) {
      return try DeviceMemory(model, target: target, overlapSafeOn: libraries)
    } catch {
      throw .invalidProblem("\(error)")
    }
  }
}

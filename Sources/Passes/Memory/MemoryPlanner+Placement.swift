import GraphIR
import MemoryPlanning

extension MemoryPlanner {
  /// When each tensor of the ordered graphs is live.
  func timeline(_ planned: [PlannedGraph]) -> Timeline {
    Timeline(
      model, schedules: planned.map(\.schedule), orders: planned.map { $0.order.map(NodeID.init) })
  }

  /// Bytes live at each step; one figure, of what is there from the start, where nothing runs.
  func liveBytes(along timeline: Timeline, _ planned: [PlannedGraph]) -> [Int] {
    var changes = [Int](repeating: 0, count: max(timeline.steps.count, 1) + 1)
    for (graph, lifetimes) in zip(planned, timeline.lifetimes) {
      for (buffer, lifetime) in zip(graph.schedule.problem.buffers, lifetimes) {
        guard let lifetime else { continue }
        changes[lifetime.lowerBound] += buffer.size
        changes[lifetime.upperBound] -= buffer.size
      }
    }
    var live = 0
    return changes.dropLast().map { change in
      live += change
      return live
    }
  }

  /// Gives every tensor of the ordered graphs an offset.
  func place(_ planned: [PlannedGraph], _ name: NamedOrder) throws(PlanningError) -> MemoryPlan {
    let timeline = timeline(planned)
    let (owners, buffers) = buffers(along: timeline, planned)
    let placed = try PlacementProblem(buffers: buffers).optimizedPlacement()
    let tensors = zip(owners, zip(buffers, placed.placement.offsets)).map { owner, place in
      MemoryPlan.Tensor(
        graph: owner.graph, value: owner.value, byteCount: place.0.size,
        lifetime: place.0.lower..<place.0.upper, offset: place.1)
    }
    let live = liveBytes(along: timeline, planned)
    let steps = zip(timeline.steps, live).map {
      MemoryPlan.Step(graph: $0.graph, node: $0.node, liveBytes: $1)
    }
    let peak = live.max() ?? 0
    return MemoryPlan(
      orderName: name, alignment: alignment, orders: planned.map { $0.order.map(NodeID.init) },
      steps: steps, tensors: tensors, peakBytes: peak,
      lowerBoundBytes: min(peak, planned.first?.lowerBound ?? 0),
      statesExpanded: planned.reduce(0) { $0 + $1.statesExpanded },
      arenaBytes: placed.placement.arenaBytes, arenaLowerBoundBytes: placed.lowerBound,
      placementNodes: placed.nodes)
  }

  private func buffers(
    along timeline: Timeline, _ planned: [PlannedGraph]
  ) -> (owners: [(graph: GraphID, value: ValueID)], buffers: [PlacementProblem.Buffer]) {
    var owners: [(graph: GraphID, value: ValueID)] = []
    var buffers: [PlacementProblem.Buffer] = []
    for (graph, lifetimes) in timeline.lifetimes.enumerated() {
      for (buffer, lifetime) in lifetimes.enumerated() {
        guard let lifetime else { continue }
        owners.append((GraphID(graph), planned[graph].schedule.values[buffer]))
        buffers.append(
          PlacementProblem.Buffer(
            size: planned[graph].schedule.problem.buffers[buffer].size, lower: lifetime.lowerBound,
            upper: lifetime.upperBound, alignment: alignment))
      }
    }
    return (owners, buffers)
  }
}

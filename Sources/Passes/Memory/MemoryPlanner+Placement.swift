import GraphIR
import MemoryPlanning
import Runtimes

/// The placement problem of a model with ordered graphs.
struct ArenaProblem {
  /// Tensors first, then the scratch buffers of kernels.
  let problem: PlacementProblem
  let timeline: Timeline
  let tensors: [(graph: GraphID, value: ValueID)]
  let scratch: [(graph: GraphID, node: NodeID)]
}

extension MemoryPlanner {
  /// What the ordered graphs ask of an arena.
  func arena(_ planned: [PlannedGraph]) throws(PlanningError) -> ArenaProblem {
    let timeline = Timeline(
      model, schedules: planned.map(\.schedule), orders: planned.map { $0.order.map(NodeID.init) })
    var tensors: [(graph: GraphID, value: ValueID)] = []
    var buffers: [PlacementProblem.Buffer] = []
    var overlaps: [AllowedOverlap] = []
    for (graph, lifetimes) in timeline.lifetimes.enumerated() {
      let schedule = planned[graph].schedule
      var numbers = [Int?](repeating: nil, count: lifetimes.count)
      for (index, lifetime) in lifetimes.enumerated() {
        guard let lifetime else { continue }
        numbers[index] = buffers.count
        tensors.append((GraphID(graph), schedule.values[index]))
        buffers.append(
          PlacementProblem.Buffer(
            size: schedule.problem.buffers[index].size, lower: lifetime.lowerBound,
            upper: lifetime.upperBound, alignment: alignment))
      }
      let dying = timeline.dyingOverlaps(of: GraphID(graph))
      overlaps += dying.compactMap { overlap in
        guard let first = numbers[overlap.first], let second = numbers[overlap.second] else { return nil }
        return AllowedOverlap(first: first, second: second, overlap.condition)
      }
    }
    let scratch = scratchBuffers(along: timeline)
    return ArenaProblem(
      problem: try PlacementProblem(buffers: buffers + scratch.map(\.buffer), overlaps: overlaps),
      timeline: timeline, tensors: tensors, scratch: scratch.map { ($0.graph, $0.node) })
  }

  private func scratchBuffers(
    along timeline: Timeline
  ) -> [(graph: GraphID, node: NodeID, buffer: PlacementProblem.Buffer)] {
    guard let device else { return [] }
    var result: [(graph: GraphID, node: NodeID, buffer: PlacementProblem.Buffer)] = []
    for (graph, sizes) in device.scratchBytes.enumerated() {
      for (node, size) in sizes.enumerated() where size > 0 {
        guard let span = timeline.spans[graph][node] else { continue }
        let buffer = PlacementProblem.Buffer(
          size: size, lower: span.lowerBound, upper: span.upperBound, alignment: alignment)
        result.append((GraphID(graph), NodeID(node), buffer))
      }
    }
    return result
  }

  /// Gives every tensor of the ordered graphs an offset.
  func place(
    _ planned: [PlannedGraph], _ name: NamedOrder, effort: PlacementEffort = PlacementEffort(), goal: Int = 0
  ) throws(PlanningError) -> MemoryPlan {
    let arena = try arena(planned)
    let placed = arena.problem.optimizedPlacement(effort: effort, goal: goal)
    let buffers = arena.problem.buffers
    let offsets = placed.placement.offsets
    let tensors = arena.tensors.enumerated().map { index, owner in
      MemoryPlan.Tensor(
        graph: owner.graph, value: owner.value, byteCount: buffers[index].size,
        lifetime: buffers[index].lower..<buffers[index].upper, offset: offsets[index])
    }
    let scratch = arena.scratch.enumerated().map { number, owner in
      let index = tensors.count + number
      return MemoryPlan.Scratch(
        graph: owner.graph, node: owner.node, byteCount: buffers[index].size,
        lifetime: buffers[index].lower..<buffers[index].upper, offset: offsets[index])
    }
    let live = arena.problem.liveBytes(at: 0..<max(arena.timeline.steps.count, 1))
    let steps = zip(arena.timeline.steps, live).map {
      MemoryPlan.Step(graph: $0.graph, node: $0.node, liveBytes: $1)
    }
    let peak = live.max() ?? 0
    return MemoryPlan(
      orderName: name, alignment: alignment, orders: planned.map { $0.order.map(NodeID.init) },
      steps: steps, tensors: tensors, scratch: scratch, peakBytes: peak,
      lowerBoundBytes: min(peak, planned.first?.lowerBound ?? 0),
      statesExpanded: planned.reduce(0) { $0 + $1.statesExpanded },
      arenaBytes: placed.placement.arenaBytes, arenaLowerBoundBytes: placed.lowerBound,
      placementNodes: placed.nodes)
  }

  /// What is wrong with given offsets in the model's own order, as a sentence without a full stop: tensors that
  /// share bytes while both are needed, or elements that are not aligned; nil where nothing is.
  ///
  /// - Parameter offsets: by tensor, through all graphs in file order; nil for tensors without one.
  func fault(at offsets: [Int?]) throws(PlanningError) -> String? {
    let orders = model.graphs.map { Array($0.nodes.indices) }
    let arena = try arena(graphs(in: orders))
    let first = OfflinePlan.firstTensors(of: model)
    let given = arena.tensors.map { offsets[first[$0.graph.index] + $0.value.index] }
    if let conflict = arena.problem.firstConflict(at: given + arena.scratch.map { _ in nil }) {
      let names = [conflict.first, conflict.second].map { name(of: arena.tensors[$0]) }
      return "its offline memory plan lets \(names[0]) and \(names[1]) share bytes while both are needed"
    }
    for (tensor, offset) in zip(arena.tensors, given) {
      let bits = model.graphs[tensor.graph.index][tensor.value].elementType.bitWidth ?? 8
      if let offset, !offset.isMultiple(of: max(1, bits / 8)) {
        return
          "its offline memory plan puts \(name(of: tensor)) at \(offset), where its elements are not aligned"
      }
    }
    return nil
  }

  private func name(of tensor: (graph: GraphID, value: ValueID)) -> String {
    model.graphs[tensor.graph.index].title(of: tensor.value)
  }
}

import GraphIR
package import MemoryPlanning
import Runtimes

/// The placement problem of a model with ordered graphs.
struct ArenaProblem {
  /// One buffer for each of `contents`.
  let problem: PlacementProblem
  let timeline: Timeline
  /// Tensors first, then the scratch buffers of kernels.
  let contents: [Plan.Content]
}

extension Arranger {
  /// What the ordered graphs ask of an arena.
  func arena(_ ordered: [OrderedGraph]) throws(PlanningError) -> ArenaProblem {
    let timeline = Timeline(
      model, schedules: ordered.map(\.schedule), orders: ordered.map { $0.order.map(NodeID.init) })
    var contents: [Plan.Content] = []
    var buffers: [PlacementProblem.Buffer] = []
    var overlaps: [AllowedOverlap] = []
    for (graph, lifetimes) in timeline.lifetimes.enumerated() {
      let schedule = ordered[graph].schedule
      var numbers = [Int?](repeating: nil, count: lifetimes.count)
      for (index, lifetime) in lifetimes.enumerated() {
        guard let lifetime else { continue }
        numbers[index] = buffers.count
        contents.append(.tensor(GraphID(graph), schedule.values[index]))
        buffers.append(buffer(schedule.problem.buffers[index].size, lifetime))
      }
      let dying = timeline.dyingOverlaps(of: GraphID(graph))
      overlaps += dying.compactMap { overlap in
        guard let first = numbers[overlap.first], let second = numbers[overlap.second] else { return nil }
        return AllowedOverlap(first: first, second: second, overlap.condition)
      }
    }
    for (graph, sizes) in demands.scratchBytes.enumerated() {
      for (node, size) in sizes.enumerated() where size > 0 {
        guard let span = timeline.spans[graph][node] else { continue }
        contents.append(.scratch(GraphID(graph), NodeID(node)))
        buffers.append(buffer(size, span))
      }
    }
    return ArenaProblem(
      problem: try PlacementProblem(buffers: buffers, overlaps: overlaps + links(among: contents)),
      timeline: timeline, contents: contents)
  }

  private func buffer(_ size: Int, _ lifetime: Range<Int>) -> PlacementProblem.Buffer {
    PlacementProblem.Buffer(
      size: size, lower: lifetime.lowerBound, upper: lifetime.upperBound, alignment: alignment)
  }

  /// What the runtime lets buffers of different graphs share.
  private func links(among contents: [Plan.Content]) -> [AllowedOverlap] {
    guard !demands.links.isEmpty else { return [] }
    let numbers = Dictionary(zip(contents, contents.indices)) { first, _ in first }
    return demands.links.compactMap { link in
      guard let first = numbers[link.first], let second = numbers[link.second] else { return nil }
      return AllowedOverlap(first: first, second: second, link.condition.roundedUp(to: alignment))
    }
  }

  /// Plans with given orders, one for every graph.
  ///
  /// - Parameters:
  ///   - effort: how long to look for offsets.
  ///   - goal: an arena that is small enough to stop there.
  /// - Precondition: each order holds the graph's nodes once, every one behind those it waits for.
  func place(
    orders: [[Int]], _ name: NamedOrder, effort: PlacementEffort, goal: Int = 0
  ) throws(PlanningError) -> Plan {
    try place(graphs(in: orders), name, effort: effort, goal: goal)
  }

  /// Gives every buffer of the ordered graphs an offset.
  func place(
    _ ordered: [OrderedGraph], _ name: NamedOrder, effort: PlacementEffort, goal: Int = 0
  ) throws(PlanningError) -> Plan {
    place(ordered, name, try arena(ordered), effort: effort, goal: goal)
  }

  /// Gives every buffer of the ordered graphs an offset.
  ///
  /// - Parameter arena: of these graphs.
  func place(
    _ ordered: [OrderedGraph], _ name: NamedOrder, _ arena: ArenaProblem, effort: PlacementEffort,
    goal: Int = 0
  ) -> Plan {
    let placed = arena.problem.optimizedPlacement(effort: effort, goal: goal)
    return plan(
      ordered, name, arena, offsets: placed.placement.offsets, lowerBound: placed.lowerBound,
      nodes: placed.nodes)
  }

  /// A plan for a stricter runtime as one for this: what it says of bytes in use and of bounds is told by this one's rules.
  func adopted(_ other: Plan) throws(PlanningError) -> Plan {
    let ordered = try graphs(in: other.orders.map { $0.map(\.index) })
    let arena = try arena(ordered)
    let offsets = Dictionary(other.buffers.map { ($0.content, $0.offset) }) { first, _ in first }
    guard arena.contents.allSatisfy({ offsets[$0] != nil }) else { return other }
    return plan(
      ordered, other.orderName, arena, offsets: arena.contents.map { offsets[$0] ?? 0 },
      lowerBound: arena.problem.lowerBound, nodes: other.proof.placementNodes)
  }

  /// The model in its own order, with offsets that a runtime has chosen.
  func plan(at places: [Charge.Place]) throws(PlanningError) -> Plan {
    let ordered = try graphs(in: model.graphs.map { Array($0.nodes.indices) })
    let arena = try arena(ordered)
    let plan = plan(
      ordered, .file, arena, offsets: arena.contents.map { _ in 0 }, lowerBound: arena.problem.lowerBound,
      nodes: 0)
    var placed = plan.placed(at: places)
    // Tensors of loops may lie in each other.
    if hasSlots { placed.countCoveredBytes(lowerBound: portBytes) }
    return placed
  }

  func plan(
    _ ordered: [OrderedGraph], _ name: NamedOrder, _ arena: ArenaProblem, offsets: [Int], lowerBound: Int,
    nodes: Int
  ) -> Plan {
    let buffers = zip(arena.contents, zip(arena.problem.buffers, offsets)).map { content, placed in
      Plan.Buffer(
        content, byteCount: placed.0.size, lifetime: placed.0.lower..<placed.0.upper, offset: placed.1)
    }
    let live = arena.problem.liveBytes(at: 0..<max(arena.timeline.steps.count, 1))
    let steps = zip(arena.timeline.steps, live).map {
      Plan.Step(graph: $0.graph, node: $0.node, liveBytes: $1)
    }
    let peak = live.max() ?? 0
    let end = buffers.map { $0.offset + $0.byteCount }.max() ?? 0
    return Plan(
      alignment: alignment, orderName: name, orders: ordered.map { $0.order.map(NodeID.init) }, steps: steps,
      pools: [Plan.Pool(name: "arena", usedBytes: end)], buffers: buffers,
      proof: Plan.Proof(
        peakBytes: peak, lowerBoundBytes: min(peak, ordered.first?.lowerBound ?? 0),
        arenaLowerBoundBytes: lowerBound, statesExpanded: ordered.reduce(0) { $0 + $1.statesExpanded },
        placementNodes: nodes))
  }

  /// What is wrong with given offsets in the model's own order, as a sentence without a full stop: tensors that
  /// share bytes while both are needed, or elements that are not aligned; nil where nothing is.
  ///
  /// - Parameter offsets: by tensor, through all graphs in file order; nil for tensors without one.
  func fault(at offsets: [Int?]) throws(PlanningError) -> String? {
    let arena = try arena(graphs(in: model.graphs.map { Array($0.nodes.indices) }))
    let first = OfflinePlan.firstTensors(of: model)
    let given = arena.contents.map { content -> Int? in
      guard case .tensor(let graph, let value) = content else { return nil }
      return offsets[first[graph.index] + value.index]
    }
    if let conflict = try firstConflict(arena, at: given) {
      let names = [conflict.first, conflict.second].map { title(of: arena.contents[$0]) }
      return "its offline memory plan lets \(names[0]) and \(names[1]) share bytes while both are needed"
    }
    for (content, offset) in zip(arena.contents, given) {
      guard case .tensor(let graph, let value) = content, let offset else { continue }
      let bits = model.graphs[graph.index][value].elementType.bitWidth ?? 8
      if !offset.isMultiple(of: max(1, bits / 8)) {
        return
          "its offline memory plan puts \(title(of: content)) at \(offset), where its elements are not aligned"
      }
    }
    return nil
  }

  private func title(of content: Plan.Content) -> String { content.title(in: model) }
}

extension Arranger {
  /// Live bytes at each step of the order of the given name.
  package func liveBytes(_ name: NamedOrder) throws(PlanningError) -> [Int] {
    let arena = try arena(ordered(name))
    return arena.problem.liveBytes(at: 0..<arena.timeline.steps.count)
  }
}

package import GraphIR
package import MemoryPlanning

/// Plans the memory of a model: an order for every graph, and offsets for the whole call tree.
package struct MemoryPlanner: Sendable {
  package let alignment: Int
  package let searchOptions: OrderSearchOptions
  let model: Model
  /// What a runtime's kernels need and allow; nil for a plan of the tensors alone.
  let device: DeviceMemory?
  private let dependencies: [GraphDependencies]

  /// The largest alignment, in bytes.
  package static let maximumAlignment = 1 << 20

  /// - Parameters:
  ///   - alignment: bytes to a multiple of which every tensor is rounded up; 1...`maximumAlignment`.
  ///   - device: makes a plan for a runtime: with its scratch buffers, and overlaps where they are safe.
  /// - Throws: `PlanningError.invalidProblem` where the tensors add up to more than 2⁶¹ bytes, or calls of
  ///   graphs run more than `CallTree`'s limits.
  package init(
    _ model: Model, alignment: Int = 16, searchOptions: OrderSearchOptions = OrderSearchOptions(),
    device: DeviceMemory? = nil
  ) throws(PlanningError) {
    precondition((1...Self.maximumAlignment).contains(alignment), "an alignment out of range")
    try CallTree.checkLimits(of: model)
    var total = 0
    for value in model.graphs.lazy.flatMap(\.values) {
      let (sum, overflow) = total.addingReportingOverflow(value.byteCount)
      guard !overflow, sum <= 1 << 61 else {
        throw .invalidProblem("the tensors add up to more than 2⁶¹ bytes: no memory holds them")
      }
      total = sum
    }
    self.model = model
    self.alignment = alignment
    self.searchOptions = searchOptions
    self.device = device
    let effects = EffectAnalysis(model).effects
    dependencies = zip(model.graphs, effects).map { GraphDependencies($0, effects: $1) }
  }

  /// Plans with an order of the given name in every graph.
  ///
  /// - Throws: `PlanningError` where the operators wait for each other in a cycle.
  package func plan(_ name: NamedOrder) throws(PlanningError) -> MemoryPlan {
    try plan(name, effort: PlacementEffort())
  }

  /// - Parameter effort: how long to look for offsets.
  func plan(_ name: NamedOrder, effort: PlacementEffort) throws(PlanningError) -> MemoryPlan {
    var planned = [PlannedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder { planned[graph.index] = try plan(graph, name, called: planned) }
    return try place(planned.compactMap(\.self), name, effort: effort)
  }

  /// The peak in bytes of the order of the given name, without placing tensors.
  package func peakBytes(_ name: NamedOrder) throws(PlanningError) -> Int {
    var planned = [PlannedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder { planned[graph.index] = try plan(graph, name, called: planned) }
    return try arena(planned.compactMap(\.self)).problem.lowerBound
  }

  /// An ordered graph and what is known of its best order.
  struct PlannedGraph {
    let schedule: GraphSchedule
    let order: [Int]
    let peakBytes: Int
    let lowerBound: Int
    let statesExpanded: Int
  }

  /// Plans with given orders, one for every graph.
  ///
  /// - Parameter effort: how long to look for offsets.
  /// - Precondition: each order holds the graph's nodes once, every one behind those it waits for.
  func place(
    orders: [[Int]], _ name: NamedOrder, effort: PlacementEffort, goal: Int = 0
  ) throws(PlanningError) -> MemoryPlan {
    try place(graphs(in: orders), name, effort: effort, goal: goal)
  }

  /// The graphs of the model in given orders.
  func graphs(in orders: [[Int]]) throws(PlanningError) -> [PlannedGraph] {
    var planned = [PlannedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder {
      let schedule = try schedule(of: graph, called: planned, \.peakBytes)
      let result = schedule.problem.schedule(orders[graph.index])
      planned[graph.index] = PlannedGraph(
        schedule: schedule, order: result.order, peakBytes: result.peakBytes, lowerBound: 0,
        statesExpanded: 0)
    }
    return planned.compactMap(\.self)
  }

  private func plan(
    _ id: GraphID, _ name: NamedOrder, called: [PlannedGraph?]
  ) throws(PlanningError) -> PlannedGraph {
    let schedule = try schedule(of: id, called: called, \.peakBytes)
    let result = Self.order(schedule.problem, name, searchOptions)
    var lowerBound = result.lowerBound
    if called.contains(where: { $0.map { $0.lowerBound < $0.peakBytes } ?? false }), name == .optimal {
      let optimistic = try self.schedule(of: id, called: called, \.lowerBound)
      lowerBound = min(lowerBound, optimistic.problem.optimizedOrder(searchOptions).lowerBound)
    }
    return PlannedGraph(
      schedule: schedule, order: result.schedule.order, peakBytes: result.schedule.peakBytes,
      lowerBound: lowerBound, statesExpanded: result.statesExpanded)
  }

  /// - Parameter bytes: what a called graph adds while it runs.
  private func schedule(
    of id: GraphID, called: [PlannedGraph?], _ bytes: (PlannedGraph) -> Int
  ) throws(PlanningError) -> GraphSchedule {
    let graph = model.graphs[id.index]
    let transientBytes = graph.nodes.enumerated().map { index, node in
      let most =
        node.calledGraphs.compactMap { called.indices.contains($0.index) ? called[$0.index] : nil }
        .map(bytes).max() ?? 0
      return most + (device?.scratchBytes[id.index][index] ?? 0)
    }
    return try GraphSchedule(
      graph, dependencies[id.index], alignment: alignment, transientBytes: transientBytes,
      overlaps: device?.overlaps[id.index])
  }

  private static func order(
    _ problem: ScheduleProblem, _ name: NamedOrder, _ options: OrderSearchOptions
  ) -> OptimizedOrder {
    let order: [Int]
    switch name {
    case .file: order = Array(0..<problem.stepCount)
    case .breadthFirst: order = problem.breadthFirstOrder
    case .depthFirst: order = problem.depthFirstOrder
    case .greedy: order = problem.greedyOrder
    case .optimal: return problem.optimizedOrder(options)
    }
    return OptimizedOrder(schedule: problem.schedule(order), lowerBound: 0, statesExpanded: 0)
  }
}

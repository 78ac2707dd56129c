package import GraphIR
package import MemoryPlanning

/// Plans the memory of a model: an order for every graph, and offsets for the whole call tree.
package struct MemoryPlanner: Sendable {
  package let alignment: Int
  package let searchOptions: OrderSearchOptions
  let model: Model
  private let dependencies: [GraphDependencies]

  /// The largest alignment, in bytes.
  package static let maximumAlignment = 1 << 20

  /// - Parameter alignment: bytes to a multiple of which every tensor is rounded up;
  ///   1...`maximumAlignment`.
  /// - Throws: `PlanningError.invalidProblem` where the tensors add up to more than 2⁶¹ bytes, or calls of
  ///   graphs run more than `CallTree`'s limits.
  package init(
    _ model: Model, alignment: Int = 16, searchOptions: OrderSearchOptions = OrderSearchOptions()
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
    let effects = EffectAnalysis(model).effects
    dependencies = zip(model.graphs, effects).map { GraphDependencies($0, effects: $1) }
  }

  /// Plans with an order of the given name in every graph.
  ///
  /// - Throws: `PlanningError` where the operators wait for each other in a cycle.
  package func plan(_ name: NamedOrder) throws(PlanningError) -> MemoryPlan {
    var planned = [PlannedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder { planned[graph.index] = try plan(graph, name, called: planned) }
    return try place(planned.compactMap(\.self), name)
  }

  /// The peak in bytes of the order of the given name, without placing tensors.
  package func peakBytes(_ name: NamedOrder) throws(PlanningError) -> Int {
    var planned = [PlannedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder { planned[graph.index] = try plan(graph, name, called: planned) }
    return liveBytes(along: timeline(planned.compactMap(\.self)), planned.compactMap(\.self)).max() ?? 0
  }

  /// An ordered graph and what is known of its best order.
  struct PlannedGraph {
    let schedule: GraphSchedule
    let order: [Int]
    let peakBytes: Int
    let lowerBound: Int
    let statesExpanded: Int
  }

  private func plan(
    _ id: GraphID, _ name: NamedOrder, called: [PlannedGraph?]
  ) throws(PlanningError) -> PlannedGraph {
    let graph = model.graphs[id.index]
    func transientBytes(_ bytes: (PlannedGraph) -> Int) -> [Int] {
      graph.nodes.map { node in
        node.calledGraphs.compactMap { called.indices.contains($0.index) ? called[$0.index] : nil }
          .map(bytes).max() ?? 0
      }
    }
    let schedule = try GraphSchedule(
      graph, dependencies[id.index], alignment: alignment, transientBytes: transientBytes(\.peakBytes))
    let result = Self.order(schedule.problem, name, searchOptions)
    var lowerBound = result.lowerBound
    if called.contains(where: { $0.map { $0.lowerBound < $0.peakBytes } ?? false }), name == .optimal {
      let optimistic = try GraphSchedule(
        graph, dependencies[id.index], alignment: alignment, transientBytes: transientBytes(\.lowerBound))
      lowerBound = min(lowerBound, optimistic.problem.optimizedOrder(searchOptions).lowerBound)
    }
    return PlannedGraph(
      schedule: schedule, order: result.schedule.order, peakBytes: result.schedule.peakBytes,
      lowerBound: lowerBound, statesExpanded: result.statesExpanded)
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

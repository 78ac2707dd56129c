package import GraphIR
package import MemoryPlanning

/// Arranges a model in memory: an order for every graph, and offsets for the whole call tree.
package struct Arranger: Sendable {
  package let alignment: Int
  package let searchOptions: OrderSearchOptions
  package let demands: Demands
  let model: Model
  private let dependencies: [GraphDependencies]

  /// - Parameters:
  ///   - alignment: bytes to a multiple of which every buffer is rounded up; the runtime's by default.
  ///   - demands: what the runtime demands for the model, where that is known.
  /// - Throws: `PlanningError.invalidProblem` where the model is not valid for use, the tensors add up to more
  ///   than 2⁶¹ bytes, or a tensor is too large for the runtime.
  package init(
    _ model: Model, for runtime: some Runtime, alignment: Int? = nil, demands: Demands? = nil,
    searchOptions: OrderSearchOptions = OrderSearchOptions()
  ) throws(PlanningError) {
    if let problem = GraphVerifier.forUse.firstProblem(in: model) { throw .invalidProblem("\(problem)") }
    var total = 0
    for value in model.graphs.lazy.flatMap(\.values) {
      let (sum, overflow) = total.addingReportingOverflow(value.byteCount)
      guard !overflow, sum <= 1 << 61 else {
        throw .invalidProblem("the tensors add up to more than 2⁶¹ bytes: no memory holds them")
      }
      total = sum
    }
    self.model = model
    self.alignment = alignment ?? runtime.alignment
    self.searchOptions = searchOptions
    if let demands { self.demands = demands } else { self.demands = try runtime.demands(of: model) }
    let effects = EffectAnalysis(model).effects
    dependencies = zip(model.graphs, effects).map { GraphDependencies($0, effects: $1) }
  }

  /// Plans with an order of the given name in every graph.
  ///
  /// - Parameter effort: how long to look for offsets.
  /// - Throws: `PlanningError` where the operators wait for each other in a cycle.
  package func plan(_ name: NamedOrder, effort: PlacementEffort = PlacementEffort()) throws(PlanningError)
    -> Plan
  {
    try place(ordered(name), name, effort: effort)
  }

  /// The peak in bytes of the order of the given name; tensors are placed only where loops share their addresses.
  package func peakBytes(_ name: NamedOrder) throws(PlanningError) -> Int {
    if isStriped { return try placeSlots(orderedMain(name), name, rounds: Self.roundsForPeak).peakBytes }
    return try arena(ordered(name)).problem.lowerBound
  }

  /// Sequences of blocks that are tried for the peak of an order with loops over stripes.
  private static let roundsForPeak = 100

  /// An ordered graph and what is known of its best order.
  struct OrderedGraph {
    let schedule: GraphSchedule
    let order: [Int]
    let peakBytes: Int
    let lowerBound: Int
    let statesExpanded: Int
  }

  /// The graphs of the model with an order of the given name.
  func ordered(_ name: NamedOrder) throws(PlanningError) -> [OrderedGraph] {
    guard name == .optimal else { return try ordered(name, searchOptions) }
    return try orderedInTurn().last ?? []
  }

  /// The graphs of the model in the best orders that searches with more and more states find, each once; the last
  /// are the best.
  func orderedInTurn() throws(PlanningError) -> [[OrderedGraph]] {
    var found: [[OrderedGraph]] = []
    for options in searchOptions.turns {
      let next = try ordered(.optimal, options, known: found.last)
      if let last = found.last, last.isInSameOrder(as: next) { found.removeLast() }
      found.append(next)
      if next.allSatisfy({ $0.lowerBound >= $0.peakBytes }) { break }
    }
    return found
  }

  /// - Parameter known: what a search with fewer states found.
  func ordered(
    _ name: NamedOrder, _ options: OrderSearchOptions, known: [OrderedGraph]? = nil
  ) throws(PlanningError) -> [OrderedGraph] {
    var ordered = [OrderedGraph?](repeating: nil, count: model.graphs.count)
    var options = options
    for graph in model.callOrder {
      let before = known?[graph.index]
      let result = try order(graph, name, options, called: ordered, known: before)
      ordered[graph.index] = result
      options.stateBudget = max(
        0, options.stateBudget - result.statesExpanded + (before?.statesExpanded ?? 0))
    }
    return ordered.compactMap(\.self)
  }

  /// The graphs of the model in given orders.
  ///
  /// - Precondition: each order holds the graph's nodes once, every one behind those it waits for.
  func graphs(in orders: [[Int]]) throws(PlanningError) -> [OrderedGraph] {
    var ordered = [OrderedGraph?](repeating: nil, count: model.graphs.count)
    for graph in model.callOrder {
      let schedule = try schedule(of: graph, called: ordered, \.peakBytes)
      let result = schedule.problem.schedule(orders[graph.index])
      ordered[graph.index] = OrderedGraph(
        schedule: schedule, order: result.order, peakBytes: result.peakBytes, lowerBound: 0,
        statesExpanded: 0)
    }
    return ordered.compactMap(\.self)
  }

  /// An order of a graph with constants decoded right before they are read.
  func sunk(_ order: [Int], of graph: GraphID) -> [Int] {
    DecodeOrder.sunk(order, in: model.graphs[graph.index])
  }

  /// The main graph's operators and tensors as a bare problem of ordering.
  ///
  /// - Parameter orders: of every graph; those of called ones say what a call takes.
  /// - Throws: `PlanningError` where the operators wait for each other in a cycle.
  package func orderProblem(in orders: [[NodeID]]) throws(PlanningError) -> ScheduleProblem? {
    try graphs(in: orders.map { $0.map(\.index) }).first?.schedule.problem
  }

  private func order(
    _ id: GraphID, _ name: NamedOrder, _ options: OrderSearchOptions, called: [OrderedGraph?],
    known: OrderedGraph?
  ) throws(PlanningError) -> OrderedGraph {
    let schedule = try schedule(of: id, called: called, \.peakBytes)
    let isSame = known.map { $0.schedule.problem == schedule.problem } ?? false
    if let known, isSame, known.lowerBound >= known.peakBytes { return known }
    let before = known.map {
      OptimizedOrder(
        schedule: schedule.problem.schedule($0.order), lowerBound: isSame ? $0.lowerBound : 0,
        statesExpanded: $0.statesExpanded)
    }
    let result = schedule.problem.order(name, options, known: before)
    let found =
      name == .file
      ? result.schedule : schedule.problem.schedule(sunk(result.schedule.order, of: id))
    var (lowerBound, statesExpanded) = (result.lowerBound, result.statesExpanded)
    if called.contains(where: { $0.map { $0.lowerBound < $0.peakBytes } ?? false }), name == .optimal {
      let optimistic = try self.schedule(of: id, called: called, \.lowerBound)
      let bound = optimistic.problem.optimizedOrder(options)
      lowerBound = min(lowerBound, bound.lowerBound)
      statesExpanded += bound.statesExpanded
    }
    return OrderedGraph(
      schedule: schedule, order: found.order, peakBytes: found.peakBytes, lowerBound: lowerBound,
      statesExpanded: statesExpanded)
  }

  /// - Parameter bytes: what a called graph adds while it runs.
  private func schedule(
    of id: GraphID, called: [OrderedGraph?], _ bytes: (OrderedGraph) -> Int
  ) throws(PlanningError) -> GraphSchedule {
    let graph = model.graphs[id.index]
    let transientBytes = graph.nodes.enumerated().map { index, node in
      let most =
        node.calledGraphs.compactMap { called.indices.contains($0.index) ? called[$0.index] : nil }
        .map(bytes).max() ?? 0
      return most + demands.scratchBytes[id.index][index]
    }
    return try GraphSchedule(
      graph, dependencies[id.index], alignment: alignment, transientBytes: transientBytes,
      takesMemory: demands.takesMemory[id.index], overlaps: demands.overlaps[id.index])
  }
}

extension [Arranger.OrderedGraph] {
  /// Whether every graph has the same order.
  func isInSameOrder(as other: [Arranger.OrderedGraph]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.order == $1.order }
  }
}

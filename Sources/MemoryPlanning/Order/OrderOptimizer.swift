/// The order with the lowest peak that was found, and how good it provably is.
package struct OptimizedOrder: Sendable, Equatable {
  package let schedule: Schedule
  /// No order has a lower peak than this, in bytes.
  package let lowerBound: Int
  /// States that the exact search expanded; 0 where a simple order already met the bound.
  package let statesExpanded: Int

  package init(schedule: Schedule, lowerBound: Int, statesExpanded: Int) {
    self.schedule = schedule
    self.lowerBound = lowerBound
    self.statesExpanded = statesExpanded
  }

  /// Whether no order can be better.
  package var isProved: Bool { schedule.peakBytes == lowerBound }
}

/// Limits of the search for an order.
package struct OrderSearchOptions: Sendable, Equatable {
  /// States that the exact search may expand in all pieces of the graph, the hardest first; fewer in large pieces.
  package var stateBudget: Int
  /// Partial orders that the beam search keeps when the budget is spent.
  package var beamWidth: Int
  package var ideas: OrderSearchIdeas

  package init(stateBudget: Int = 100_000, beamWidth: Int = 64, ideas: OrderSearchIdeas = .all) {
    self.stateBudget = stateBudget
    self.beamWidth = beamWidth
    self.ideas = ideas
  }
}

extension ScheduleProblem {
  /// Finds the order with the lowest peak over all orders, within a budget.
  ///
  /// The steps are cut where every order passes through the same state (`segments`), and each piece
  /// is searched only as far as it can decide the peak of the whole.
  package func optimizedOrder(_ options: OrderSearchOptions = OrderSearchOptions()) -> OptimizedOrder {
    let ideas = options.ideas
    let pieces = ideas.contains(.segments) ? segments : [Segment(steps: Array(0..<stepCount), problem: self)]
    let bounds = ideas.contains(.bound) ? pieces.map { PeakBound($0.problem).overall } : []
    var floor = bounds.max() ?? bytesLiveThroughout
    var schedules = pieces.map { $0.problem.bestSimpleSchedule(ideas) }
    if ideas.contains(.chains) {
      for index in pieces.indices where schedules[index].peakBytes > floor {
        guard let merged = ChainMerge(pieces[index].problem)?.run() else { continue }
        if merged.schedule.peakBytes < schedules[index].peakBytes { schedules[index] = merged.schedule }
        floor = max(floor, merged.lowerBound)
      }
    }
    var statesExpanded = 0
    var left = options
    var provedBound = floor
    let hardestFirst = pieces.indices.sorted {
      (-schedules[$0].peakBytes, $0) < (-schedules[$1].peakBytes, $1)
    }
    for index in hardestFirst where schedules[index].peakBytes > floor {
      let instance = OrderInstance(pieces[index].problem)
      let search = OrderDeepening(
        instance: instance, bound: PeakBound(pieces[index].problem), floor: floor, options: left)
      var result = search.run(below: schedules[index].peakBytes)
      left.stateBudget = max(0, left.stateBudget - result.statesExpanded)
      let best = result.schedule ?? schedules[index]
      if ideas.contains(.windows), max(result.lowerBound, floor) < best.peakBytes {
        let windows = WindowSearch(floor: floor, options: left)
          .improved(pieces[index].problem, best, bound: result.lowerBound)
        result.schedule = windows.schedule ?? result.schedule
        result.lowerBound = windows.lowerBound
        result.statesExpanded += windows.statesExpanded
      }
      statesExpanded += result.statesExpanded
      left.stateBudget = max(0, options.stateBudget - statesExpanded)
      // The floor may be the peak of another piece that is not proved: the search says nothing below it.
      if result.lowerBound > floor { provedBound = max(provedBound, result.lowerBound) }
      if let found = result.schedule { schedules[index] = found }
      if ideas.contains(.sharedPeak) { floor = max(floor, schedules[index].peakBytes) }
    }
    let order = zip(pieces, schedules).flatMap { piece, schedule in schedule.order.map { piece.steps[$0] } }
    let whole = schedule(order)
    return OptimizedOrder(
      schedule: whole, lowerBound: min(provedBound, whole.peakBytes), statesExpanded: statesExpanded)
  }

  /// The best of the orders that need no search.
  func bestSimpleSchedule(_ ideas: OrderSearchIdeas = .all) -> Schedule {
    var orders = [Array(0..<stepCount)]
    if ideas.contains(.simpleOrders) { orders += [greedyOrder, depthFirstOrder, breadthFirstOrder] }
    let valid = orders.filter(isTopological).map(schedule)
    return valid.min { $0.peakBytes < $1.peakBytes } ?? schedule(StepGraph(self).topologicalOrder)
  }

  /// Whether every step comes after the steps it waits for.
  package func isTopological(_ order: [Int]) -> Bool {
    var done = [Bool](repeating: false, count: stepCount)
    let graph = StepGraph(self)
    for step in order {
      guard graph.predecessors[step].allSatisfy({ done[$0] }) else { return false }
      done[step] = true
    }
    return order.count == stepCount
  }
}

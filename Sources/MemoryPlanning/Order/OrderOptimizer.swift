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

  /// States of the first turn; each further one has sixteen times as many.
  private static var firstTurn: Int { 5_000 }

  /// Searches with more and more states, of which a budget takes those that fit into it: a larger one makes the same searches
  /// and then more.
  package var turns: [OrderSearchOptions] {
    var turns: [OrderSearchOptions] = []
    var (states, spent) = (Self.firstTurn, 0)
    while spent + states <= stateBudget {
      let width = max(16, min(states / 1_000, beamWidth))
      turns.append(OrderSearchOptions(stateBudget: states, beamWidth: width, ideas: ideas))
      spent += states
      states *= 16
    }
    return turns.isEmpty ? [withoutStates] : turns
  }

  /// Whether there is a turn with states.
  package var hasStates: Bool { stateBudget >= Self.firstTurn }

  /// No search but along the best few partial orders.
  package var withoutStates: OrderSearchOptions {
    OrderSearchOptions(stateBudget: 0, beamWidth: 16, ideas: ideas)
  }
}

extension ScheduleProblem {
  /// Finds the order with the lowest peak over all orders, within a budget.
  ///
  /// The steps are cut where every order passes through the same state (`segments`), and each piece
  /// is searched only as far as it can decide the peak of the whole.
  ///
  /// - Parameter known: what another search found; the answer is not worse.
  package func optimizedOrder(
    _ options: OrderSearchOptions = OrderSearchOptions(), known: OptimizedOrder? = nil
  ) -> OptimizedOrder {
    var pieces = OrderPieces(self, options, known: known)
    pieces.search()
    return pieces.result
  }

  /// The best of the orders that need no search.
  func bestSimpleSchedule(_ ideas: OrderSearchIdeas = .all) -> Schedule {
    var orders = [Array(0..<stepCount)]
    if ideas.contains(.simpleOrders) { orders += [greedyOrder, depthFirstOrder, breadthFirstOrder] }
    let valid = orders.filter(isTopological).map(schedule)
    return valid.min { $0.peakBytes < $1.peakBytes } ?? schedule(steps.topologicalOrder)
  }

  /// Whether every step comes after the steps it waits for.
  package func isTopological(_ order: [Int]) -> Bool {
    var done = [Bool](repeating: false, count: stepCount)
    let graph = steps
    for step in order {
      guard graph.predecessors[step].allSatisfy({ done[$0] }) else { return false }
      done[step] = true
    }
    return order.count == stepCount
  }
}

extension ScheduleProblem {
  /// The order of a name; only the optimal one comes with a bound, and looks at the options.
  ///
  /// - Parameter known: what a search with fewer states found.
  package func order(
    _ name: NamedOrder, _ options: OrderSearchOptions = OrderSearchOptions(), known: OptimizedOrder? = nil
  ) -> OptimizedOrder {
    let order: [Int]
    switch name {
    case .file: order = fileOrder
    case .breadthFirst: order = breadthFirstOrder
    case .depthFirst: order = depthFirstOrder
    case .greedy: order = greedyOrder
    case .optimal: return optimizedOrder(options, known: known)
    }
    return OptimizedOrder(schedule: schedule(order), lowerBound: 0, statesExpanded: 0)
  }

  /// The order with the lowest peak that searches with more and more states find: more states are never worse.
  package func orderInTurn(_ options: OrderSearchOptions) -> OptimizedOrder {
    var best = OptimizedOrder(schedule: schedule(fileOrder), lowerBound: 0, statesExpanded: 0)
    for options in options.turns where !best.isProved { best = optimizedOrder(options, known: best) }
    return best
  }

  /// The steps as they are numbered, or, where that is no order, the first that is.
  private var fileOrder: [Int] {
    let order = Array(0..<stepCount)
    return isTopological(order) ? order : steps.topologicalOrder
  }
}

extension ScheduleProblem {
  /// The order of a name; only the optimal one comes with a bound, and looks at the options.
  package func order(_ name: NamedOrder, _ options: OrderSearchOptions = OrderSearchOptions())
    -> OptimizedOrder
  {
    let order: [Int]
    switch name {
    case .file: order = fileOrder
    case .breadthFirst: order = breadthFirstOrder
    case .depthFirst: order = depthFirstOrder
    case .greedy: order = greedyOrder
    case .optimal: return optimizedOrder(options)
    }
    return OptimizedOrder(schedule: schedule(order), lowerBound: 0, statesExpanded: 0)
  }

  /// The steps as they are numbered, or, where that is no order, the first that is.
  private var fileOrder: [Int] {
    let order = Array(0..<stepCount)
    return isTopological(order) ? order : StepGraph(self).topologicalOrder
  }
}

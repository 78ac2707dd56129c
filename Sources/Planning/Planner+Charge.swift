import GraphIR
import MemoryPlanning

extension Planner {
  /// The plan whose order makes a runtime take least that chooses offsets by itself.
  ///
  /// - Parameter model: the arranger's.
  func planByCharge(
    _ arranger: Arranger, _ order: NamedOrder, of model: Model
  ) throws(PlanningError) -> Plan {
    let turns = try arranger.orderedInTurn()
    var choice = PlanChoice()
    if let last = turns.last { choice.prove(last, slotBound: nil) }
    var orders: [(name: NamedOrder, graphs: [Arranger.OrderedGraph])] = []
    if order == .optimal {
      orders = turns.reversed().map { (order, $0) }
      if arranger.searchOptions.hasStates {
        orders.append((order, try arranger.ordered(.optimal, arranger.searchOptions.withoutStates)))
      }
    }
    for name in order == .optimal ? NamedOrder.given : [order] {
      orders.append((name, try arranger.ordered(name)))
    }
    var least = Int.max
    for (name, graphs) in orders where least > choice.peakBound {
      let plan = try arranger.place(graphs, name, effort: .glance)
      let charge = try runtime.charge(for: runtime.written(plan, into: model), planned: plan)
      if charge.headBytes < least { (least, choice) = (charge.headBytes, choice.replaced(by: plan)) }
    }
    guard var best = choice.best else { throw .invalidProblem("the model has no graph to plan") }
    if order == .optimal { best.orderName = .optimal }
    return choice.proved(best)
  }
}

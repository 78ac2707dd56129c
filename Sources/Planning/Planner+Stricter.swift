import Execution
package import GraphIR
package import MemoryPlanning

/// A plan of a model, by what the runtime demands for which it was made.
package struct KnownPlan: Sendable {
  let demands: Demands
  let plan: Plan

  package init(demands: Demands, plan: Plan) {
    self.demands = demands
    self.plan = plan
  }
}

extension Planner {
  /// A plan that is known for what a runtime demands.
  func knownPlan(_ arranger: Arranger) -> Plan? {
    known.first { $0.demands == arranger.demands }?.plan
  }

  private func plan(for target: Target, _ model: Model, _ order: NamedOrder) throws(PlanningError) -> Plan {
    let arranger = try Arranger(model, for: target, searchOptions: effort.orders)
    if let same = knownPlan(arranger) { return same }
    return try plan(arranger, order)
  }

  /// Plans for runtimes that allow less, one for each that demands something else.
  func stricterPlans(_ model: Model, _ order: NamedOrder) throws(PlanningError) -> [Plan] {
    var demands = [try runtime.demands(of: model)]
    var plans: [Plan] = []
    for other in runtime.stricterOnStripes {
      let own = try other.demands(of: model)
      guard !demands.contains(own) else { continue }
      demands.append(own)
      plans.append(try plan(for: other, model, order))
    }
    return plans
  }

  /// The plans that several planners of one effort need of a model, each made once.
  ///
  /// - Parameter known: those that are made already.
  /// - Throws: `PlanningError` where the model cannot be planned.
  package static func shared(
    _ planners: [Planner], of model: Model, _ order: NamedOrder, knowing known: [KnownPlan] = []
  ) throws(PlanningError) -> [KnownPlan] {
    guard KeptLayout(model) == nil, !planners.isEmpty, StripeLoops(model) != nil else {
      return []
    }
    var needed: [(demands: Demands, planner: Planner)] = []
    for planner in planners {
      for target in [planner.runtime] + planner.runtime.stricterOnStripes {
        let demands = try target.demands(of: model)
        guard !needed.contains(where: { $0.demands == demands }),
          !known.contains(where: { $0.demands == demands })
        else { continue }
        var own = Planner(for: target, effort: planner.effort)
        own.states = planner.states
        needed.append((demands, own))
      }
    }
    let all = needed
    return try known
      + ParallelRunner().map(
        count: all.count, makeWorker: {},
        body: { _, number throws(PlanningError) in
          let planner = all[number].planner
          return KnownPlan(
            demands: all[number].demands, plan: try planner.plan(for: planner.runtime, model, order))
        })
  }

  /// This planner with plans that somebody has made of the model that it is to plan.
  package func knowing(_ plans: [KnownPlan]) -> Planner {
    var planner = self
    planner.known = plans
    return planner
  }
}

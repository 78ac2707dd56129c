package import GraphIR
package import MemoryPlanning

/// Plans models for a runtime: order, offsets, overlaps, room for scratch buffers.
///
/// The order with the lowest peak of live bytes, shared ones counted once, comes first. Where its buffers
/// cannot be placed within that peak, other orders are tried: a seeded walk over orders whose peak is below
/// the best arena.
package struct Planner<Target: Runtime>: Sendable {
  package let runtime: Target
  package var effort: PlanningEffort
  /// Outputs that are inputs of the next inference, to put at one address where that costs nothing.
  package var states: [StatePair] = []
  /// Whether plans for runtimes that allow less are tried on every model, not on those with loops over stripes alone: then
  /// more freedom is never worse.
  package var considersStricter = false
  /// Plans of the model that is planned, by what runtimes demand, where somebody has made them already.
  var known: [KnownPlan] = []

  package init(for runtime: Target, effort: PlanningEffort = .normal) {
    self.runtime = runtime
    self.effort = effort
  }

  /// Plans with an order of the given name; `optimal` is the best that is found with overlaps in mind.
  ///
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func plan(_ model: Model, order: NamedOrder = .optimal) throws(PlanningError) -> Plan {
    if let kept = KeptLayout(model) { return try plannedModel(for: model, keeping: kept).plan }
    return try plan(Arranger(model, for: runtime, searchOptions: effort.orders), order)
  }

  /// Loops whose tensors stay in place need another search; which of both is better depends on the model.
  func plan(_ arranger: Arranger, _ order: NamedOrder) throws(PlanningError) -> Plan {
    guard arranger.hasSlots, runtime.obeysOffsets else { return try planApart(arranger, order) }
    let inPlace = try arranger.planSlots(order, rounds: effort.slotRounds)
    if arranger.isStriped { return inPlace }
    let apart = try planApart(arranger, order)
    return inPlace.arenaBytes < apart.arenaBytes ? inPlace : apart
  }

  private func planApart(_ arranger: Arranger, _ order: NamedOrder) throws(PlanningError) -> Plan {
    let isPlain = arranger.demands.isPlain
    var first = try arranger.plan(order, effort: isPlain ? effort.apart : effort.first)
    if order != .optimal { first = first.withLowerBound(try arranger.lowerBound()) }
    if first.arenaBytes <= max(first.lowerBoundBytes, first.arenaLowerBoundBytes) && order != .optimal {
      return first
    }
    if first.arenaBytes <= first.lowerBoundBytes { return first }
    var best = first
    if order == .optimal { best = try walk(arranger, from: first) }
    let last = try arranger.place(
      orders: best.orders.map { $0.map(\.index) }, order, effort: isPlain ? effort.apart : effort.last)
    return (last.arenaBytes < best.arenaBytes ? last : best).withLowerBound(
      (first.proof.lowerBoundBytes, first.proof.statesExpanded))
  }

  /// Looks for an order with a smaller arena.
  private func walk(_ arranger: Arranger, from first: Plan) throws(PlanningError) -> Plan {
    var best = first
    for name in NamedOrder.allCases where name != .optimal {
      let plan = try arranger.plan(name, effort: .quick)
      if plan.arenaBytes < best.arenaBytes { best = plan }
    }
    var orders = best.orders.map { $0.map(\.index) }
    guard let main = try arranger.graphs(in: orders).first else { return best }
    let problem = main.schedule.problem
    var neighbors = OrderNeighbors(problem, seed: 1)
    var current = best.arenaBytes
    for _ in 0..<(effort.walkedSteps / max(problem.stepCount, 1)) {
      guard let moved = neighbors.neighbor(of: orders[0]).map({ arranger.sunk($0, of: GraphID(0)) })
      else { continue }
      if problem.schedule(moved).peakBytes >= best.arenaBytes { continue }
      var trial = orders
      trial[0] = moved
      let plan = try arranger.place(
        orders: trial, .optimal, effort: .glance, goal: best.arenaBytes - runtime.alignment)
      if plan.arenaBytes <= current { (orders, current) = (trial, plan.arenaBytes) }
      if plan.arenaBytes < best.arenaBytes { best = plan }
      if best.arenaBytes <= first.lowerBoundBytes { break }
    }
    return best
  }

  /// Plans a model, writes the plan down, and keeps the model as it came where that takes less.
  ///
  /// - Parameter isAlone: whether no plans for runtimes that allow less are tried.
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func plannedModel(
    for model: Model, order: NamedOrder = .optimal, alone isAlone: Bool = false
  ) throws(PlanningError) -> PlannedModel {
    if let kept = KeptLayout(model) { return try plannedModel(for: model, keeping: kept) }
    let stock = try runtime.charge(for: model, planned: nil)
    let arranger = try Arranger(model, for: runtime, searchOptions: effort.orders)
    var plans: [Plan]
    if let same = knownPlan(arranger) { plans = [same] } else { plans = [try plan(arranger, order)] }
    if !isAlone, triesStricter(on: model) { plans += try stricterPlans(model, order) }
    var best: PlannedModel?
    for plan in plans {
      let planned = try written(plan, into: model, order, arranger, stock)
      if best.map({ planned.charge.arenaBytes < $0.charge.arenaBytes }) ?? true { best = planned }
    }
    if let best { return best }
    return try written(plans[0], into: model, order, arranger, stock)
  }

  /// A model with a plan written down; as it came where it takes less so.
  private func written(
    _ found: Plan, into model: Model, _ order: NamedOrder, _ arranger: Arranger, _ stock: Charge
  ) throws(PlanningError) -> PlannedModel {
    var plan = found
    if runtime.obeysOffsets { plan = try arranger.sharing(states, in: plan) }
    let sharesStates = plan.buffers != found.buffers
    let written = runtime.written(plan, into: model)
    let fault = try runtime.faultOfOffsets(in: model)
    let charge = try runtime.charge(for: written, planned: plan)
    let isBetter =
      charge.headBytes < stock.headBytes && charge.arenaBytes <= stock.arenaBytes || fault != nil
      || sharesStates && charge.headBytes == stock.headBytes
    if let places = stock.places, !isBetter, order == .optimal {
      var shown = try arranger.plan(at: places).withLowerBound(
        (plan.proof.lowerBoundBytes, plan.proof.statesExpanded))
      if shown.peakBytes <= plan.peakBytes { shown.orderName = .optimal }
      return PlannedModel(
        plan: shown, searchedPeakBytes: plan.peakBytes, model: model, stock: stock, charge: stock,
        isUnchanged: true, hasOffsets: false, faultOfOwnPlan: nil)
    }
    return PlannedModel(
      plan: charge.places.map(plan.placed) ?? plan, searchedPeakBytes: plan.peakBytes, model: written,
      stock: stock, charge: charge, isUnchanged: false, hasOffsets: runtime.obeysOffsets,
      faultOfOwnPlan: fault)
  }

  /// The model as it came, with the figures of the places that it has.
  ///
  /// - Throws: `PlanningError` where the runtime cannot take the model.
  package func modelAsItIs(_ model: Model) throws(PlanningError) -> PlannedModel {
    try plannedModel(for: model, keeping: KeptLayout(because: "it was not asked for another plan"))
  }

  /// The model as it came: where its tensors may not move, there is nothing to search.
  private func plannedModel(
    for model: Model, keeping kept: KeptLayout
  ) throws(PlanningError) -> PlannedModel {
    let arranger = try Arranger(model, for: runtime, searchOptions: effort.orders)
    let charge = try runtime.charge(for: model, planned: nil)
    let places: [Charge.Place]
    if let known = charge.places { places = known } else { places = try kept.places(in: model) }
    let plan = try arranger.plan(at: places).kept(because: kept.reason)
    return PlannedModel(
      plan: plan, searchedPeakBytes: plan.peakBytes, model: model, stock: charge, charge: charge,
      isUnchanged: true, hasOffsets: false, faultOfOwnPlan: try runtime.faultOfOffsets(in: model))
  }
}

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

  /// What planners for other runtimes found for the one model that is planned.
  package var cache: PlanCache<Target>?
  /// Plans of the striped model that is planned, by what runtimes demand, where somebody has made them already.
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
    return try plan(arranger(of: model, for: runtime), order)
  }

  private func arranger(of model: Model, for runtime: Target) throws(PlanningError) -> Arranger {
    let demands = try cache?.demands(by: runtime)
    return try Arranger(model, for: runtime, demands: demands, searchOptions: effort.orders)
  }

  private func chargeAsItCame(_ model: Model) throws(PlanningError) -> Charge {
    if let cache { return try cache.charge(by: runtime) }
    return try runtime.charge(for: model, planned: nil)
  }

  func plan(_ arranger: Arranger, _ order: NamedOrder) throws(PlanningError) -> Plan {
    if arranger.isStriped, runtime.obeysOffsets {
      return try arranger.planSlots(order, rounds: effort.slotRounds)
    }
    var choice = try cachedChoice(arranger, order)
    for runtime in runtime.stricter where !choice.isProved {
      let other = try self.arranger(of: arranger.model, for: runtime)
      guard other.demands != arranger.demands else { continue }
      var planner = Planner(for: runtime, effort: effort)
      planner.cache = cache
      let strict = try planner.cachedChoice(other, order, below: choice.limit)
      guard let plan = strict.best, plan.arenaBytes < choice.limit else { continue }
      choice.offer(strict.isInPlace ? plan : try arranger.adopted(plan), isInPlace: strict.isInPlace)
    }
    guard var best = choice.best else { throw .invalidProblem("the model has no operators to plan") }
    if order == .optimal { best.orderName = .optimal }
    if choice.isInPlace { return best }
    return choice.proved(best)
  }

  /// Plans a model, writes the plan down, and keeps the model as it came where that takes less.
  ///
  /// - Parameter isAlone: whether a striped model is planned without a look at plans for runtimes that allow less, and at
  ///   what it takes without a plan.
  /// - Throws: `PlanningError` where a model cannot be planned, or is too large for the runtime.
  package func plannedModel(
    for model: Model, order: NamedOrder = .optimal, alone isAlone: Bool = false
  ) throws(PlanningError) -> PlannedModel {
    if let kept = KeptLayout(model) { return try plannedModel(for: model, keeping: kept) }
    let arranger = try arranger(of: model, for: runtime)
    if arranger.isStriped, runtime.obeysOffsets {
      return try stripedModel(arranger, order, of: model, alone: isAlone)
    }
    let plan =
      runtime.obeysOffsets ? try plan(arranger, order) : try planByCharge(arranger, order, of: model)
    let planned = try planned(plan, arranger, model, keepsBetter: order == .optimal)
    guard planned.isUnchanged, plan.arenaBytes < planned.stock.headBytes else { return planned }
    return try alternative(to: planned, below: plan, arranger, model)
  }

  /// The best plan by the rules of this runtime alone, or what another planner has found by the same rules.
  private func cachedChoice(
    _ arranger: Arranger, _ order: NamedOrder, below limit: Int = .max
  ) throws(PlanningError) -> PlanChoice {
    if let known = cache?.choice(for: arranger.demands, order, effort) { return known }
    let choice = try choice(arranger, order, below: limit)
    if choice.best != nil { cache?.add(choice, for: arranger.demands, order, effort) }
    return choice
  }

  /// A smaller head in a larger arena was refused: plans of other orders, or with less freedom, may have a smaller head and no
  /// larger arena.
  private func alternative(
    to planned: PlannedModel, below refused: Plan, _ arranger: Arranger, _ model: Model
  ) throws(PlanningError) -> PlannedModel {
    var best = planned
    for name in NamedOrder.given {
      guard var plan = try choice(arranger, name).best else { continue }
      plan.orderName = .optimal
      let other = try self.planned(
        plan.withBounds(of: refused.proof), arranger, model, keepsBetter: true)
      if other.charge.headBytes < best.charge.headBytes { best = other }
    }
    for stricter in runtime.stricter {
      var planner = Planner(for: stricter, effort: effort)
      planner.states = states
      planner.cache = cache
      let other = try planner.plannedModel(for: model)
      if !other.isUnchanged, other.charge.headBytes < best.charge.headBytes { best = other }
    }
    return best
  }

  /// The best of a striped model's plans, those for runtimes that allow less among them.
  private func stripedModel(
    _ arranger: Arranger, _ order: NamedOrder, of model: Model, alone isAlone: Bool
  ) throws(PlanningError) -> PlannedModel {
    let own: Plan
    if let same = knownPlan(arranger) { own = same } else { own = try plan(arranger, order) }
    var best = try planned(
      own, arranger, model, keepsBetter: order == .optimal && !isAlone, isTrial: isAlone)
    for plan in isAlone ? [] : try stricterPlans(model, order) {
      let other = try planned(plan, arranger, model, keepsBetter: order == .optimal)
      if other.charge.arenaBytes < best.charge.arenaBytes { best = other }
    }
    return best
  }

  /// A plan written into its model.
  ///
  /// - Parameters:
  ///   - keepsBetter: whether the model as it came is kept where it takes no more.
  ///   - isTrial: whether nobody asks what the model takes as it came.
  private func planned(
    _ plan: Plan, _ arranger: Arranger, _ model: Model, keepsBetter: Bool, isTrial: Bool = false
  ) throws(PlanningError) -> PlannedModel {
    let shared = runtime.obeysOffsets ? try arranger.sharing(states, in: plan) : plan
    let sharesStates = shared.buffers != plan.buffers
    let written = runtime.written(shared, into: model)
    let fault = try runtime.faultOfOffsets(in: model)
    let charge = try runtime.charge(for: written, planned: shared)
    let stock = isTrial ? charge : try chargeAsItCame(model)
    let isBetter =
      charge.headBytes < stock.headBytes && charge.arenaBytes <= stock.arenaBytes || fault != nil
      || sharesStates && charge.headBytes == stock.headBytes
    if let places = stock.places, !isBetter, keepsBetter {
      var shown = try arranger.plan(at: places).withBounds(of: shared.proof)
      if shown.peakBytes <= shared.peakBytes { shown.orderName = .optimal }
      return PlannedModel(
        plan: shown, searchedPeakBytes: shared.peakBytes, model: model, stock: stock, charge: stock,
        isUnchanged: true, hasOffsets: false, faultOfOwnPlan: nil)
    }
    return PlannedModel(
      plan: charge.places.map(shared.placed) ?? shared, searchedPeakBytes: shared.peakBytes, model: written,
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
    let arranger = try arranger(of: model, for: runtime)
    let charge = try chargeAsItCame(model)
    let places: [Charge.Place]
    if let known = charge.places { places = known } else { places = try kept.places(in: model) }
    let plan = try arranger.plan(at: places).kept(because: kept.reason)
    return PlannedModel(
      plan: plan, searchedPeakBytes: plan.peakBytes, model: model, stock: charge, charge: charge,
      isUnchanged: true, hasOffsets: false, faultOfOwnPlan: try runtime.faultOfOffsets(in: model))
  }
}

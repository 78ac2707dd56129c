import GraphIR
import MemoryPlanning

/// All plans that are looked at. What a plan with less freedom looks at, one with more looks at, too: with kernels that let
/// more tensors share bytes, with a larger effort or budget, with any order instead of a given one. So more freedom is never
/// worse. What cannot be smaller than the best so far is left out, and with the proof of one plan all others are.
extension Planner {
  /// The best plan by the rules of this runtime alone; stricter ones have others.
  ///
  /// - Parameter limit: only smaller arenas are of use; where none can be, none is returned.
  func choice(
    _ arranger: Arranger, _ order: NamedOrder, below limit: Int = .max
  ) throws(PlanningError) -> PlanChoice {
    var choice = PlanChoice()
    let turns = try arranger.orderedInTurn()
    if let last = turns.last {
      choice.prove(last, slotBound: placesSlots(arranger) ? arranger.portBytes : nil)
    }
    if choice.lowerBound >= limit { return choice }
    var tried: [[Arranger.OrderedGraph]] = []
    if order == .optimal {
      for ordered in turns.reversed() where !choice.isProved {
        try offer(ordered, order, arranger, &choice)
        tried.append(ordered)
      }
      // Orders of a quick look may be placed better than those with a lower peak; they are the same where no state was needed.
      if !choice.isProved, arranger.searchOptions.hasStates, choice.statesExpanded > 0 {
        let quick = try arranger.ordered(.optimal, arranger.searchOptions.withoutStates)
        if !tried.contains(where: quick.isInSameOrder) { try offer(quick, order, arranger, &choice) }
        tried.append(quick)
      }
    }
    for name in order == .optimal ? NamedOrder.given : [order] where !choice.isProved {
      let ordered = try arranger.ordered(name)
      if !tried.contains(where: ordered.isInSameOrder) { try offer(ordered, name, arranger, &choice) }
      tried.append(ordered)
    }
    return choice
  }

  private func placesSlots(_ arranger: Arranger) -> Bool { arranger.hasSlots && runtime.obeysOffsets }

  /// Offers plans of one order for every graph, with more and more effort.
  private func offer(
    _ ordered: [Arranger.OrderedGraph], _ name: NamedOrder, _ arranger: Arranger, _ choice: inout PlanChoice
  ) throws(PlanningError) {
    for level in effort.levels where !choice.isProved {
      if placesSlots(arranger) {
        choice.offer(
          try arranger.placeSlots(
            arranger.mainOnly(ordered), name, rounds: level.slotRounds, goal: choice.lowerBound),
          isInPlace: true)
        if arranger.isStriped { continue }
      }
      try offerApart(ordered, name, level, arranger, &choice)
    }
  }

  /// Offers plans in which every tensor has an address of its own while it is live, but for overlaps.
  private func offerApart(
    _ ordered: [Arranger.OrderedGraph], _ name: NamedOrder, _ level: PlanningEffort, _ arranger: Arranger,
    _ choice: inout PlanChoice
  ) throws(PlanningError) {
    let isPlain = arranger.demands.isPlain
    let arena = try arranger.arena(ordered)
    // Another order on the way may be better, but only the best one is walked from.
    if name != .optimal, arena.problem.needs(choice.limit, effort: level.first) { return }
    let first = arranger.place(ordered, name, arena, effort: isPlain ? level.apart : level.first)
    choice.offer(first)
    if !choice.isProved, choice.anyOrderBound == 0, !placesSlots(arranger) {
      choice.prove(anyOrder: arranger.boundOfAnyOrder(ordered, arena, effort: .quick))
    }
    if !isPlain, !choice.isProved, !first.isArenaProved, level.last != level.first {
      choice.offer(arranger.place(ordered, name, arena, effort: level.last))
    }
    guard name == .optimal, !choice.isProved else { return }
    let walked = try walk(arranger, from: first, bound: choice.lowerBound, level)
    guard walked.orders != first.orders else { return }
    choice.offer(walked)
    if choice.isProved { return }
    choice.offer(
      try arranger.place(
        orders: walked.orders.map { $0.map(\.index) }, name, effort: isPlain ? level.apart : level.last))
  }

  /// Looks for an order with a smaller arena.
  private func walk(
    _ arranger: Arranger, from first: Plan, bound: Int, _ level: PlanningEffort
  ) throws(PlanningError) -> Plan {
    var best = first
    var orders = best.orders.map { $0.map(\.index) }
    guard let main = try arranger.graphs(in: orders).first else { return best }
    let problem = main.schedule.problem
    var neighbors = OrderNeighbors(problem, seed: 1)
    var current = best.arenaBytes
    for _ in 0..<(level.walkedSteps / max(problem.stepCount, 1)) {
      guard let moved = neighbors.neighbor(of: orders[0]).map({ arranger.sunk($0, of: GraphID(0)) })
      else { continue }
      if problem.schedule(moved).peakBytes >= best.arenaBytes { continue }
      var trial = orders
      trial[0] = moved
      let plan = try arranger.place(
        orders: trial, .optimal, effort: .glance, goal: best.arenaBytes - runtime.alignment)
      if plan.arenaBytes <= current { (orders, current) = (trial, plan.arenaBytes) }
      if plan.arenaBytes < best.arenaBytes { best = plan }
      if best.arenaBytes <= bound { break }
    }
    return best
  }
}

extension NamedOrder {
  /// The orders that no search is for.
  static var given: [NamedOrder] { allCases.filter { $0 != .optimal } }
}

/// Searches one piece of a graph for the order with the lowest peak, within a budget of states.
///
/// First by the lowest bound; where that does not come to an end with three quarters of the states, limits between what
/// is proved and what is found are tried in turn. Under a limit all states that keep it are alike, so that the search goes
/// straight ahead: it either arrives, or has seen all of them and proves that every order is above (iterative deepening,
/// Korf 1985, with the limit halved instead of raised).
struct OrderDeepening {
  let instance: OrderInstance
  let bound: PeakBound
  let floor: Int
  let options: OrderSearchOptions

  /// Steps up to which a state costs about the same; beyond, it costs as their square, and fewer are expanded.
  private static var usualSteps: Int { 96 }

  /// A budget for small pieces as one for this piece, which takes about as long.
  private func scaled(_ count: Int) -> Int {
    let steps = max(instance.stepCount, Self.usualSteps)
    return Int(Double(count) * Double(Self.usualSteps * Self.usualSteps) / (Double(steps) * Double(steps)))
  }

  func run(below incumbent: Int) -> OrderSearch.Result {
    let budget = scaled(options.stateBudget)
    let halves = options.ideas.contains(.deepening)
    var result = search(to: floor, states: halves ? budget * 3 / 4 : budget).run(below: incumbent)
    if result.schedule != nil || result.lowerBound >= incumbent { return result }
    if halves { deepen(below: incumbent, budget: budget, &result) }
    let best = result.schedule?.peakBytes ?? incumbent
    if result.lowerBound < best, options.ideas.contains(.beam) {
      let width = scaled(options.beamWidth)
      let beam = BeamSearch(
        instance: instance, floor: max(floor, result.lowerBound), width: max(width, 1), ideas: options.ideas)
      if let found = beam.run(), found.peakBytes < best { result.schedule = found }
    }
    return result
  }

  private func deepen(below incumbent: Int, budget: Int, _ result: inout OrderSearch.Result) {
    var best = incumbent
    // Limits below were tried and neither kept nor ruled out.
    var open = max(result.lowerBound, floor)
    while open < best, result.statesExpanded < budget {
      let limit = open + (best - open - 1) / 2
      let left = budget - result.statesExpanded
      let found = search(to: limit, states: max(left / 4, 1)).run(below: limit + 1)
      result.statesExpanded += found.statesExpanded
      if let schedule = found.schedule {
        result.schedule = schedule
        best = schedule.peakBytes
      } else {
        if found.lowerBound > limit { result.lowerBound = max(result.lowerBound, limit + 1) }
        open = limit + 1
      }
    }
  }

  private func search(to floor: Int, states: Int) -> OrderSearch {
    OrderSearch(
      instance: instance, bound: bound, floor: floor, stateBudget: states, ideas: options.ideas)
  }
}

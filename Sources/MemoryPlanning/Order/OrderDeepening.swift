/// Searches one piece of a graph for the order with the lowest peak, within a budget of states.
///
/// First by the lowest bound; where that does not come to an end with three quarters of the states, limits between what
/// is proved and what is found are tried in turn. Under a limit all states that keep it are alike, so that the search goes
/// straight ahead: it either arrives, or has seen all of them and proves that every order is above (iterative deepening,
/// Korf 1985, with the limit halved instead of raised).
struct OrderDeepening {
  private let stepCount: Int
  private let floor: Int
  private let options: OrderSearchOptions
  private let search: BothEndsSearch

  /// - Parameter branches: what can be exchanged.
  init(
    _ problem: ScheduleProblem, floor: Int, options: OrderSearchOptions, branches: [BranchGroup] = []
  ) {
    stepCount = problem.stepCount
    self.floor = floor
    self.options = options
    search = BothEndsSearch(problem, floor: floor, ideas: options.ideas, branches: branches)
  }

  /// Steps up to which a state costs about the same; beyond, it costs as their square, and fewer are expanded.
  private static var usualSteps: Int { 96 }

  /// A budget for small pieces as one for this piece, which takes about as long.
  private static func scaled(_ count: Int, stepCount: Int) -> Int {
    let steps = max(stepCount, usualSteps)
    return Int(Double(count) * Double(usualSteps * usualSteps) / (Double(steps) * Double(steps)))
  }

  /// States of the search by the lowest bound.
  static func directStates(_ options: OrderSearchOptions, stepCount: Int) -> Int {
    let budget = scaled(options.stateBudget, stepCount: stepCount)
    return options.ideas.contains(.deepening) ? budget * 3 / 4 : budget
  }

  func run(below incumbent: Int) -> OrderSearch.Result {
    var result = search.run(below: incumbent, states: Self.directStates(options, stepCount: stepCount))
    if result.schedule != nil || result.lowerBound >= incumbent {
      result.isDirect = true
      return result
    }
    let budget = Self.scaled(options.stateBudget, stepCount: stepCount)
    if options.ideas.contains(.deepening) { deepen(below: incumbent, budget: budget, &result) }
    let best = result.schedule?.peakBytes ?? incumbent
    if result.lowerBound < best, options.ideas.contains(.beam) {
      let width = max(Self.scaled(options.beamWidth, stepCount: stepCount), 1)
      if let found = search.beam(width: width, enough: max(floor, result.lowerBound)), found.peakBytes < best
      {
        result.schedule = found
      }
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
      let found = search.run(below: limit + 1, enough: limit, states: max(left / 4, 1))
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
}

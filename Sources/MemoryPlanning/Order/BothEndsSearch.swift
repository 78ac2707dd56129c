/// A search for an order from its start and from its end, in turns: whichever comes to an end first ends both.
///
/// Sets of steps are counted by what is live beside them either way, but there may be a thousand times as many at one end: where
/// the first steps branch and the last join, few steps can be the last.
struct BothEndsSearch {
  private let floor: Int
  private let ideas: OrderSearchIdeas
  private let ends: [(instance: OrderInstance, bound: PeakBound)]

  /// States of a turn.
  private static let turn = 32

  /// - Parameter branches: what can be exchanged.
  init(_ problem: ScheduleProblem, floor: Int, ideas: OrderSearchIdeas, branches: [BranchGroup] = []) {
    self.floor = floor
    self.ideas = ideas
    let ends: [OrderEnd] = ideas.contains(.bothEnds) ? [.start, .end] : [.start]
    self.ends = ends.map {
      (OrderInstance(problem, from: $0, branches: branches), PeakBound(problem, from: $0))
    }
  }

  /// Looks for an order whose peak is below `incumbent`.
  ///
  /// - Parameter enough: a peak that is good enough, where it is not the search's own.
  func run(below incumbent: Int, enough: Int? = nil, states: Int) -> OrderSearch.Result {
    var searches = ends.map {
      OrderSearch($0.instance, $0.bound, floor: enough ?? floor, below: incumbent, ideas)
    }
    var result = OrderSearch.Result(schedule: nil, lowerBound: min(floor, incumbent))
    var (left, next) = (states, 0)
    while true {
      let turn = min(Self.turn, left)
      searches[next].run(states: turn)
      left -= turn
      if searches[next].isDone || left <= 0 { break }
      next = (next + 1) % searches.count
    }
    for search in searches {
      result.lowerBound = max(result.lowerBound, search.result.lowerBound)
      result.statesExpanded += search.result.statesExpanded
    }
    result.schedule = searches[next].result.schedule
    return result
  }

  /// The best order along the best few partial orders from each end; nil where all ways were lost.
  func beam(width: Int, enough: Int) -> Schedule? {
    ends.compactMap {
      BeamSearch(instance: $0.instance, floor: enough, width: width, ideas: ideas).run()
    }.min { $0.peakBytes < $1.peakBytes }
  }
}

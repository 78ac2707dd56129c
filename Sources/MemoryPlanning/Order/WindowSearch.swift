/// Improves the order of a large piece stretch by stretch, and proves bounds on stretches of it.
///
/// Where a piece has too many states to be searched as a whole, its peaks are still made by few steps beside them. A stretch
/// around each peak is searched as a problem of its own, between the states on both sides. What no order of a stretch can
/// avoid with only the buffers that are there in any order, no order of the whole can.
struct WindowSearch {
  let floor: Int
  let options: OrderSearchOptions

  /// Steps of a stretch.
  var widths = [32, 64]

  /// States for each stretch, and stretches on which bounds are proved.
  private static let states = 4_000
  private static let boundCount = 6

  /// - Returns: an order that is not worse, and what no order is below.
  func improved(_ problem: ScheduleProblem, _ schedule: Schedule, bound: Int) -> OrderSearch.Result {
    var windows = OrderWindows(problem, order: schedule.order)
    var usage = problem.liveBytes(along: schedule.order)
    var result = OrderSearch.Result(schedule: nil, lowerBound: bound)
    for width in widths where width < usage.count {
      prove(width, windows, usage, &result)
      sweep(width, &windows, &usage, &result)
      prove(width, windows, usage, &result)
      if usage.max() ?? 0 <= max(result.lowerBound, floor) { break }
    }
    let best = problem.schedule(windows.order)
    if best.peakBytes < schedule.peakBytes { result.schedule = best }
    return result
  }

  /// Lowers the peak of each stretch that is above what is good enough.
  private func sweep(
    _ width: Int, _ windows: inout OrderWindows, _ usage: inout [Int], _ result: inout OrderSearch.Result
  ) {
    let enough = max(result.lowerBound, floor)
    var place = 0
    while place < usage.count, result.statesExpanded < options.stateBudget {
      guard usage[place] > enough else {
        place += 1
        continue
      }
      let start = max(0, min(place - width / 2, usage.count - width))
      let range = start..<start + width
      let window = windows.exact(range)
      let left = options.stateBudget - result.statesExpanded
      let found = search(window.problem, below: usage[range].max() ?? 0, floor: enough, states: left)
      result.statesExpanded += found.statesExpanded
      if let schedule = found.schedule {
        windows.replace(range, with: schedule.order.map { window.steps[$0] })
        for (place, bytes) in zip(range, window.problem.liveBytes(along: schedule.order)) {
          usage[place] = bytes
        }
      }
      place += max(width / 4, 1)
    }
  }

  /// Raises the bound by what the stretches around the highest peaks cannot avoid.
  private func prove(
    _ width: Int, _ windows: OrderWindows, _ usage: [Int], _ result: inout OrderSearch.Result
  ) {
    var taken: [Int] = []
    for place in usage.indices.sorted(by: { (usage[$0], $1) > (usage[$1], $0) }) {
      if taken.contains(where: { abs($0 - place) < width / 2 }) { continue }
      guard taken.count < Self.boundCount, usage[place] > result.lowerBound else { return }
      taken.append(place)
      let start = max(0, min(place - width / 2, usage.count - width))
      let window = windows.relaxed(start..<start + width)
      let simple = window.problem.bestSimpleSchedule(options.ideas)
      let left = options.stateBudget - result.statesExpanded
      let found = search(window.problem, below: simple.peakBytes, floor: 0, states: left)
      result.statesExpanded += found.statesExpanded
      result.lowerBound = max(result.lowerBound, min(found.lowerBound, simple.peakBytes))
    }
  }

  private func search(_ problem: ScheduleProblem, below incumbent: Int, floor: Int, states: Int)
    -> OrderSearch.Result
  {
    BothEndsSearch(problem, floor: floor, ideas: options.ideas)
      .run(below: incumbent, states: max(0, min(Self.states, states)))
  }
}

/// The pieces of a problem between states that every order passes through, each with the best order so far.
///
/// Each piece is searched only as far as it can decide the peak of the whole.
struct OrderPieces {
  private let problem: ScheduleProblem
  private let options: OrderSearchOptions
  private let pieces: [Segment]
  private var schedules: [Schedule]
  /// A peak that some piece has in any order, or has as far as it was searched.
  private var floor: Int
  private var provedBound: Int
  private var statesExpanded: Int

  /// Steps of a piece up to which equal branches are looked for.
  private static let mostComparedSteps = 1_000

  /// - Parameter known: what another search found.
  init(_ problem: ScheduleProblem, _ options: OrderSearchOptions, known: OptimizedOrder?) {
    let ideas = options.ideas
    self.problem = problem
    self.options = options
    pieces =
      ideas.contains(.segments)
      ? problem.segments : [Segment(steps: Array(0..<problem.stepCount), problem: problem)]
    let bounds = ideas.contains(.bound) ? pieces.map { PeakBound($0.problem).overall } : []
    floor = max(bounds.max() ?? problem.bytesLiveThroughout, known?.lowerBound ?? 0)
    schedules = pieces.map { $0.problem.bestSimpleSchedule(ideas) }
    statesExpanded = known?.statesExpanded ?? 0
    provedBound = floor
    if let known { take(known.schedule.order) }
    if ideas.contains(.chains) { mergeChains() }
    provedBound = floor
  }

  /// Takes the parts of an order of the whole that are better than what is known of the pieces.
  private mutating func take(_ order: [Int]) {
    var place = [(piece: Int, step: Int)](repeating: (0, 0), count: problem.stepCount)
    for (number, piece) in pieces.enumerated() {
      for (local, step) in piece.steps.enumerated() { place[step] = (number, local) }
    }
    var orders = [[Int]](repeating: [], count: pieces.count)
    for step in order { orders[place[step].piece].append(place[step].step) }
    for (number, piece) in pieces.enumerated() {
      let schedule = piece.problem.schedule(orders[number])
      if schedule.peakBytes < schedules[number].peakBytes { schedules[number] = schedule }
    }
  }

  private mutating func mergeChains() {
    for index in pieces.indices where schedules[index].peakBytes > floor {
      guard let merged = ChainMerge(pieces[index].problem)?.run() else { continue }
      if merged.schedule.peakBytes < schedules[index].peakBytes { schedules[index] = merged.schedule }
      floor = max(floor, merged.lowerBound)
    }
  }

  /// Searches the pieces, the hardest first.
  mutating func search() {
    var left = options
    let budget = options.stateBudget
    let before = statesExpanded
    let hardestFirst = pieces.indices.sorted {
      (-schedules[$0].peakBytes, $0) < (-schedules[$1].peakBytes, $1)
    }
    for index in hardestFirst where schedules[index].peakBytes > floor {
      let result = searched(index, left)
      statesExpanded += result.statesExpanded
      left.stateBudget = max(0, budget - (statesExpanded - before))
      // The floor may be the peak of another piece that is not proved: the search says nothing below it.
      if result.lowerBound > floor { provedBound = max(provedBound, result.lowerBound) }
      if let found = result.schedule { schedules[index] = found }
      if options.ideas.contains(.sharedPeak) { floor = max(floor, schedules[index].peakBytes) }
    }
  }

  private func searched(_ index: Int, _ options: OrderSearchOptions) -> OrderSearch.Result {
    let piece = pieces[index].problem
    let question = OrderMemo.Question(
      problem: piece, floor: floor, simple: schedules[index], options: options)
    if let known = OrderMemo.answer(to: question) { return known }
    let result = search(piece, from: schedules[index], options)
    OrderMemo.add(result, to: question)
    return result
  }

  private func search(
    _ piece: ScheduleProblem, from simple: Schedule, _ options: OrderSearchOptions
  ) -> OrderSearch.Result {
    let isNarrowed = options.ideas.contains(.equalBranches) && piece.stepCount <= Self.mostComparedSteps
    let (narrowed, branches) = isNarrowed ? piece.withEqualBranchesInTurn : (piece, [])
    let search = OrderDeepening(narrowed, floor: floor, options: options, branches: branches)
    var result = search.run(below: simple.peakBytes)
    let best = result.schedule ?? simple
    guard options.ideas.contains(.windows), max(result.lowerBound, floor) < best.peakBytes else {
      return result
    }
    var left = options
    left.stateBudget = max(0, options.stateBudget - result.statesExpanded)
    let windows = WindowSearch(floor: floor, options: left).improved(piece, best, bound: result.lowerBound)
    result.schedule = windows.schedule ?? result.schedule
    result.lowerBound = windows.lowerBound
    result.statesExpanded += windows.statesExpanded
    return result
  }

  /// The order of the whole that the pieces make.
  var result: OptimizedOrder {
    let order = zip(pieces, schedules).flatMap { piece, schedule in schedule.order.map { piece.steps[$0] } }
    let whole = problem.schedule(order)
    return OptimizedOrder(
      schedule: whole, lowerBound: min(provedBound, whole.peakBytes), statesExpanded: statesExpanded)
  }
}

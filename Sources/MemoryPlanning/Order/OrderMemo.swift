import Synchronization

/// The last pieces that were searched, with what was found: plans for several kernel libraries, and tables of several orders, ask
/// for the same pieces again.
///
/// An answer is taken only where the search would give the same one, so that nothing depends on who asked before.
enum OrderMemo {
  /// What a search is asked.
  struct Question {
    let problem: ScheduleProblem
    let floor: Int
    /// What has to be beaten.
    let simple: Schedule
    let options: OrderSearchOptions
  }

  private struct Entry {
    let question: Question
    let result: OrderSearch.Result

    func answers(_ other: Question) -> Bool {
      let (options, others) = (question.options, other.options)
      guard question.floor == other.floor, question.simple.peakBytes == other.simple.peakBytes,
        options.beamWidth == others.beamWidth, options.ideas == others.ideas
      else { return false }
      let isSame = options.stateBudget == others.stateBudget && question.simple == other.simple
      return (isSame || isDirect(others)) && question.problem == other.problem
    }

    /// Whether the search by the lowest bound comes to its end, which depends on no more than the problem and the bounds.
    private func isDirect(_ options: OrderSearchOptions) -> Bool {
      let states = OrderDeepening.directStates(options, stepCount: question.problem.stepCount)
      return result.isDirect && result.statesExpanded < states
    }
  }

  private static let entries = Mutex<[Entry]>([])
  private static let most = 64
  /// Searches with fewer states are not worth a place, and longer pieces take too much of it.
  private static let fewestStates = 16
  private static let mostSteps = 1_000

  /// What the search would find, where it is known.
  static func answer(to question: Question) -> OrderSearch.Result? {
    entries.withLock { $0.last { $0.answers(question) }?.result }
  }

  static func add(_ result: OrderSearch.Result, to question: Question) {
    guard result.statesExpanded >= fewestStates, question.problem.stepCount <= mostSteps else { return }
    entries.withLock { entries in
      if entries.count >= most { entries.removeFirst() }
      entries.append(Entry(question: question, result: result))
    }
  }
}

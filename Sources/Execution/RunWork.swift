import GraphIR
import Operators

/// What a run takes, in units of `NodeWork`: the first run of every graph, and all others, its turns, which tell an endless
/// run.
struct RunWork {
  private(set) var first: Int
  private(set) var turns = 0
  /// Whether a graph has run, and whether it runs for another time.
  private var hasRun: [Bool]
  private var isTurn: [Bool]

  /// What the first runs may take where it is not known before.
  static let firstLimit = 1 << 31

  /// - Parameter first: what the first runs of all graphs take, where that is known.
  init(graphCount: Int, first: Int = 0) {
    self.first = first
    hasRun = [Bool](repeating: false, count: graphCount)
    isTurn = hasRun
  }

  var total: Int { first.saturatingAdd(turns) }

  /// What turns may take, loops and calls together, whatever they are made of: some hundred of everything, and more of
  /// what is small.
  var turnLimit: Int { min(1 << 33, (1 << 28).saturatingAdd(first.saturatingMultiply(256))) }

  /// Begins a run of a graph.
  ///
  /// - Returns: whether it is a turn.
  @discardableResult
  mutating func begin(_ graph: GraphID) -> Bool {
    isTurn[graph.index] = hasRun[graph.index]
    hasRun[graph.index] = true
    return isTurn[graph.index]
  }

  /// Counts work in a graph's run.
  mutating func spend(_ work: Int, in graph: GraphID) {
    if isTurn[graph.index] {
      turns = turns.saturatingAdd(work)
    } else {
      first = first.saturatingAdd(work)
    }
  }
}

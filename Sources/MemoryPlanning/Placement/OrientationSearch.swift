import Tensors

/// Exact search for a placement with overlaps or fixed offsets that ends within a given arena.
///
/// Of two buffers that are live together one starts far enough below the other, or the other below the one, or both
/// at one address: each of these is a literal, and a true one is a difference of two starts. The starts keep windows
/// that true differences narrow (`OrientationSearch+Windows.swift`); what a window rules out becomes false. Where a window
/// is empty or differences run in a circle, the literals behind it make a clause that is learned, as in SAT
/// solvers (Marques-Silva & Sakallah, GRASP, 1996; Moskewicz et al., Chaff, 2001) over difference logic (Cotton &
/// Maler, 2006). All that is counted is work, so that results are the same on any machine.
///
/// Literals are numbered 2v and 2v + 1: variable v is true or false. All bytes are in units of the largest one that divides
/// all alignments. What is learned within a limit holds within all smaller ones and is kept for these.
struct OrientationSearch {
  enum Outcome {
    case found
    /// No placement ends within the limit.
    case impossible
    case budgetSpent
  }

  /// A difference that holds where its literal is true: `to` starts at least `distance` behind `from`.
  struct Edge {
    let literal: Int
    let from: Int
    let to: Int
    let distance: Int
  }

  /// A window that a difference made narrower on one side.
  struct Change {
    let node: Int
    let isUpper: Bool
    /// The end of the window before, and the change that had made it; -1 for the arena itself.
    let value: Int
    let previous: Int
    /// The difference, and the change of the window behind it; -1 for the arena itself.
    let edge: Int
    let source: Int
  }

  let problem: PlacementProblem
  /// Bytes of a unit, and the alignment of each buffer in units.
  let unit: Int
  let steps: [Int]
  var edges: [Edge] = []
  /// Edges by literal, and by the buffers that they go from and to.
  var ofLiteral: [[Int]] = []
  var outgoing: [[Int]]
  var incoming: [[Int]]
  /// Literals of which one is true.
  private var triples: [[Int]] = []
  /// Windows of the starts, and the changes that made them; -1 for the arena itself.
  var lower: [Int]
  var upper: [Int]
  var lowerChange: [Int]
  var upperChange: [Int]
  var changes: [Change] = []
  var queue: [Int] = []
  var queueHead = 0
  var isQueued: [Bool]
  /// 1 for a true literal, -1 for a false one, 0 for one that is open.
  var values: [Int8] = []
  var clauses = OrientationClauses()
  /// Why variables have their values: a clause, or below -1 the negated place in `reasons`.
  var causes: [Int] = []
  var reasons: [Int] = []
  var levels: [Int] = []
  var trail: [Int] = []
  var trailHead = 0
  /// What clauses follow from a literal.
  var implied: [(literal: Int, clause: Int)] = []
  private var marks: [(trail: Int, changes: Int, reasons: Int)] = []
  /// Literals that are all false.
  var conflict: [Int] = []
  private var isSeen: [Bool] = []
  private var activity = ActivityQueue()
  /// Literals that are true within a limit.
  private var facts: [(literal: Int, limit: Int)] = []
  private var limit = 0
  private var step = 1.0
  private var phase: [Int] = []
  private(set) var nodes = 0
  var work = 0

  var level: Int { marks.count }

  /// The starts that were found, in bytes; those of empty buffers are 0 or as fixed.
  var offsets: [Int] { lower.map { $0 * unit } }

  /// The search for a problem; nil where more pairs than `mostPairs` are live together.
  ///
  /// - Parameters:
  ///   - offsets: a placement; what it decides is tried first.
  ///   - ordersEquals: whether of buffers that can stand in each other's place the first is put below the second.
  init?(
    _ problem: PlacementProblem, near offsets: [Int], ordersEquals: Bool = true, mostPairs: Int = 100_000
  ) {
    let buffers = problem.buffers
    let lifetimes = LifetimeIndex(buffers)
    var pairs = 0
    for index in buffers.indices {
      pairs += lifetimes.conflictCount(of: index) - 1
      guard pairs <= 2 * mostPairs else { return nil }
    }
    self.problem = problem
    let unit = Self.unit(of: buffers)
    self.unit = unit
    steps = buffers.map { max($0.alignment / unit, 1) }
    let zeros = [Int](repeating: 0, count: buffers.count)
    (lower, upper, lowerChange, upperChange) = (zeros, zeros, zeros, zeros)
    (outgoing, incoming) = (zeros.map { _ in [] }, zeros.map { _ in [] })
    isQueued = zeros.map { _ in false }
    let conflicts = buffers.indices.map { lifetimes.conflicts(of: $0).sorted() }
    let above = ordersEquals ? problem.equals(conflicts, by: offsets) : [:]
    for second in buffers.indices where buffers[second].size > 0 {
      for first in conflicts[second] where first < second && buffers[first].size > 0 {
        let literal = addPair(first, second, isBelow: offsets[first] <= offsets[second])
        if above[first] == second { facts.append((literal, .max)) }
        if above[second] == first { facts.append((literal + 1, .max)) }
      }
    }
    activity.scale(by: 1 / (activity.activity.max() ?? 1))
  }

  /// The greatest common divisor of the alignments of what has bytes.
  private static func unit(of buffers: [PlacementProblem.Buffer]) -> Int {
    var unit = 0
    for buffer in buffers where buffer.size > 0 {
      var other = buffer.alignment
      while other != 0 { (unit, other) = (other, unit % other) }
    }
    return max(unit, 1)
  }

  /// - Returns: the literal of the first below the second; of pairs that may not share bytes the next is the reverse.
  private mutating func addPair(_ first: Int, _ second: Int, isBelow: Bool) -> Int {
    let partner = problem.partner(of: first, second)
    let below = partner?.whenBelow ?? problem.buffers[first].size
    let above = partner?.whenAbove ?? problem.buffers[second].size
    let weight = min(below, above)
    let literal = addVariable(weight, isTrue: isBelow)
    addEdge(literal, first, second, below)
    guard partner?.mayBeEqual ?? false else {
      addEdge(literal + 1, second, first, above)
      return literal
    }
    let other = addVariable(weight, isTrue: !isBelow)
    addEdge(other, second, first, above)
    let equal = addVariable(weight, isTrue: false)
    addEdge(equal, first, second, 0)
    addEdge(equal, second, first, 0)
    triples.append([literal, other, equal])
    return literal
  }

  private mutating func addVariable(_ weight: Int, isTrue: Bool) -> Int {
    let literal = values.count
    values += [0, 0]
    ofLiteral += [[], []]
    causes.append(-1)
    levels.append(0)
    isSeen.append(false)
    activity.append(Double(weight))
    phase.append(isTrue ? 0 : 1)
    return literal
  }

  private mutating func addEdge(_ literal: Int, _ from: Int, _ to: Int, _ distance: Int) {
    let units = (distance + unit - 1) / unit
    ofLiteral[literal].append(edges.count)
    outgoing[from].append(edges.count)
    incoming[to].append(edges.count)
    edges.append(Edge(literal: literal, from: from, to: to, distance: units))
  }

  /// Looks for a placement that ends at or below `limit`; where one is found, `offsets` holds it.
  mutating func run(within limit: Int, workBudget: Int) -> Outcome {
    guard start(within: limit) else { return .impossible }
    let lastWork = work + workBudget
    var conflicts = 0
    var restart = 100
    while true {
      if propagate() {
        guard work < lastWork else { return .budgetSpent }
        if conflicts >= restart {
          (conflicts, restart) = (0, restart + restart / 10)
          backtrack(to: 0)
          clauses.forgetLongest(literals: values.count, above: 2_000)
        }
        guard decide() else { return .found }
      } else {
        conflicts += 1
        guard learn() else { return .impossible }
      }
    }
  }

  /// Sets all windows as wide as the arena and forgets what holds only within larger ones.
  private mutating func start(within limit: Int) -> Bool {
    backtrack(to: 0)
    self.limit = limit
    (trail, changes, reasons, trailHead) = ([], [], [], 0)
    for literal in values.indices { values[literal] = 0 }
    for variable in 0..<activity.count { activity.insert(variable) }
    if clauses.isEmpty {
      clauses = OrientationClauses(literals: values.count)
      for triple in triples { clauses.add(triple, isLearned: false) }
    }
    clauses.forgetLearned(below: limit, literals: values.count)
    for (index, buffer) in problem.buffers.enumerated() {
      (lowerChange[index], upperChange[index]) = (-1, -1)
      guard buffer.size <= limit else { return false }
      (lower[index], upper[index]) = (0, roundedDown((limit - buffer.size) / unit, index))
      if let offset = buffer.fixedOffset {
        guard offset + buffer.size <= limit else { return false }
        (lower[index], upper[index]) = (offset / unit, offset / unit)
      }
      if !isQueued[index] { queue.append(index) }
      isQueued[index] = true
    }
    facts.removeAll { $0.limit < limit }
    for fact in facts where values[fact.literal] == 0 { assign(fact.literal, cause: -1) }
    return !facts.contains { values[$0.literal] != 1 }
  }

  func roundedDown(_ value: Int, _ index: Int) -> Int { value - value % steps[index] }

  /// Takes the most active open variable; false where there is none.
  private mutating func decide() -> Bool {
    work += 16
    while let best = activity.pop() {
      guard values[2 * best] == 0 else { continue }
      nodes += 1
      marks.append((trail.count, changes.count, reasons.count))
      assign(2 * best + phase[best], cause: -1)
      return true
    }
    return false
  }

  mutating func assign(_ literal: Int, cause: Int) {
    values[literal] = 1
    values[literal ^ 1] = -1
    causes[literal >> 1] = cause
    levels[literal >> 1] = level
    trail.append(literal)
  }

  private mutating func backtrack(to newLevel: Int) {
    clearQueue()
    guard level > newLevel else { return }
    let mark = marks[newLevel]
    while trail.count > mark.trail, let literal = trail.popLast() {
      (values[literal], values[literal ^ 1]) = (0, 0)
      phase[literal >> 1] = literal & 1
      activity.insert(literal >> 1)
    }
    restoreWindows(to: mark.changes)
    reasons.removeLast(reasons.count - mark.reasons)
    marks.removeLast(level - newLevel)
    trailHead = trail.count
  }

  /// Learns a clause from the conflict and goes back to where it says something; false where there is no way on.
  private mutating func learn() -> Bool {
    let top = conflict.reduce(0) { max($0, levels[$1 >> 1]) }
    backtrack(to: top)
    guard top > 0 else { return false }
    var learned = analyzed(at: top)
    step *= 1.05
    if step > 1e100 {
      activity.scale(by: 1e-100)
      step *= 1e-100
    }
    guard learned.count > 1 else {
      backtrack(to: 0)
      assign(learned[0], cause: -1)
      facts.append((learned[0], limit))
      return true
    }
    // The literal that opens last is watched beside the new one.
    for place in 2..<max(2, learned.count) where levels[learned[place] >> 1] > levels[learned[1] >> 1] {
      learned.swapAt(1, place)
    }
    backtrack(to: levels[learned[1] >> 1])
    assign(learned[0], cause: clauses.add(learned, limit: limit))
    return true
  }

  /// The clause at the first unique implication point of a conflict, that literal first.
  private mutating func analyzed(at top: Int) -> [Int] {
    var learned = [0]
    var open = 0
    var place = trail.count
    var pivot = -1
    var literals = conflict
    repeat {
      for literal in literals where literal != pivot {
        let variable = literal >> 1
        if isSeen[variable] || levels[variable] == 0 { continue }
        isSeen[variable] = true
        activity.raise(variable, by: step)
        if levels[variable] == top { open += 1 } else { learned.append(literal) }
      }
      work += literals.count
      repeat { place -= 1 } while !isSeen[trail[place] >> 1]
      pivot = trail[place]
      isSeen[pivot >> 1] = false
      open -= 1
      if open > 0 { literals = reason(of: pivot) }
    } while open > 0
    learned[0] = pivot ^ 1
    let kept = learned.indices.filter { $0 == 0 || !isImplied(learned[$0]) }.map { learned[$0] }
    for literal in learned { isSeen[literal >> 1] = false }
    return kept
  }

  /// Whether the other literals of a learned clause already say what this one does.
  private func isImplied(_ literal: Int) -> Bool {
    guard causes[literal >> 1] != -1 else { return false }
    return reason(of: literal ^ 1).allSatisfy {
      $0 == literal ^ 1 || isSeen[$0 >> 1] || levels[$0 >> 1] == 0
    }
  }

  private func reason(of literal: Int) -> [Int] {
    let cause = causes[literal >> 1]
    if cause >= 0 { return clauses.literals(of: cause) }
    guard cause < -1 else { return [] }
    let place = -cause - 2
    return Array(reasons[place + 1...place + reasons[place]])
  }
}

/// Clauses with two watched literals each, in one table: length first, then the literals.
struct OrientationClauses {
  private var table: [Int] = []
  /// Clauses by the literal whose negation they wait for.
  private var watchers: [[Int]] = []
  /// Learned clauses, with the limit within which each was found.
  private var learned: [(clause: Int, limit: Int)] = []
  private var given: [Int] = []

  init(literals: Int = 0) {
    watchers = [[Int]](repeating: [], count: literals)
  }

  /// - Precondition: two literals or more; the first two are watched.
  @discardableResult
  mutating func add(_ literals: [Int], isLearned: Bool = true, limit: Int = .max) -> Int {
    let clause = table.count
    table.append(literals.count)
    table += literals
    watchers[literals[0]].append(clause)
    watchers[literals[1]].append(clause)
    if isLearned { learned.append((clause, limit)) } else { given.append(clause) }
    return clause
  }

  func literals(of clause: Int) -> [Int] {
    Array(table[clause + 1...clause + table[clause]])
  }

  /// What follows from a literal that has become false.
  ///
  /// - Parameter implied: gets each literal that must be true, with the clause in which all others are false.
  /// - Returns: a clause of which all literals are false, and the clauses that were looked at.
  mutating func visit(
    _ literal: Int, _ values: [Int8], _ implied: inout [(literal: Int, clause: Int)]
  ) -> (conflict: Int?, work: Int) {
    var watching: [Int] = []
    swap(&watching, &watchers[literal])
    var kept = 0
    var conflict: Int?
    for place in watching.indices {
      let clause = watching[place]
      if conflict == nil, move(clause, from: literal, values) { continue }
      watching[kept] = clause
      kept += 1
      let other = table[clause + 1]
      if conflict != nil || values[other] == 1 { continue }
      if values[other] == -1 { conflict = clause } else { implied.append((other, clause)) }
    }
    let work = watching.count
    watching.removeLast(watching.count - kept)
    swap(&watching, &watchers[literal])
    return (conflict, work)
  }

  /// Watches another literal that is not false; the other watched one becomes the first.
  private mutating func move(_ clause: Int, from literal: Int, _ values: [Int8]) -> Bool {
    if table[clause + 1] == literal { table.swapAt(clause + 1, clause + 2) }
    if values[table[clause + 1]] == 1 { return false }
    for place in clause + 3..<max(clause + 3, clause + 1 + table[clause]) where values[table[place]] != -1 {
      table.swapAt(clause + 2, place)
      watchers[table[clause + 2]].append(clause)
      return true
    }
    return false
  }

  var isEmpty: Bool { watchers.isEmpty }

  /// Keeps the shorter half of the clauses where there are too many.
  ///
  /// - Precondition: no clause is the reason of anything that is to be undone.
  mutating func forgetLongest(literals count: Int, above most: Int) {
    guard learned.count > most else { return }
    let byLength = learned.indices.sorted {
      (table[learned[$0].clause], -$0) < (table[learned[$1].clause], -$1)
    }
    keep(byLength.prefix(byLength.count / 2).sorted().map { learned[$0] }, literals: count)
  }

  /// Keeps what was learned within a limit or a larger one.
  mutating func forgetLearned(below limit: Int, literals count: Int) {
    if learned.contains(where: { $0.limit < limit }) {
      keep(learned.filter { $0.limit >= limit }, literals: count)
    }
  }

  private mutating func keep(_ kept: [(clause: Int, limit: Int)], literals count: Int) {
    let old = self
    self = OrientationClauses(literals: count)
    for clause in old.given { add(old.literals(of: clause), isLearned: false) }
    for (clause, limit) in kept { add(old.literals(of: clause), limit: limit) }
  }
}

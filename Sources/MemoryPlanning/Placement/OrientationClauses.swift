/// Clauses with two watched literals each, in one table: length first, then the literals.
struct OrientationClauses {
  private var table: [Int] = []
  /// Clauses by the literal whose negation they wait for.
  private var watchers: [[Int]] = []
  private var learned: [Int] = []
  private var given: [Int] = []

  init(literals: Int = 0) {
    watchers = [[Int]](repeating: [], count: literals)
  }

  /// - Precondition: two literals or more; the first two are watched.
  @discardableResult
  mutating func add(_ literals: [Int], isLearned: Bool = true) -> Int {
    let clause = table.count
    table.append(literals.count)
    table += literals
    watchers[literals[0]].append(clause)
    watchers[literals[1]].append(clause)
    if isLearned { learned.append(clause) } else { given.append(clause) }
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

  /// Keeps the shorter half of the clauses where there are too many.
  ///
  /// - Precondition: no clause is the reason of anything that is to be undone.
  mutating func forgetLongest(literals count: Int, above most: Int) {
    guard learned.count > most else { return }
    let byLength = learned.sorted { (table[$0], -$0) < (table[$1], -$1) }
    let old = self
    self = OrientationClauses(literals: count)
    for clause in old.given { add(old.literals(of: clause), isLearned: false) }
    for clause in byLength.prefix(byLength.count / 2).sorted() { add(old.literals(of: clause)) }
  }
}

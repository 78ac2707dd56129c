/// Branches that can be exchanged without a change of anything: of orders that differ by that alone, one is enough.
///
/// Where an exchange of steps maps the problem onto itself, every order has an equal one in which the first step that it moves, by
/// number, runs before the step that this one is exchanged with: the first of all equal orders by the places of steps 0, 1, 2, … has
/// it for all exchanges at once (Crawford et al., "Symmetry-breaking predicates for search problems", 1996).
struct EqualBranches {
  private let problem: ScheduleProblem
  private let graph: StepGraph
  /// Numbers that are equal for steps, and for buffers, with equal surroundings.
  private var stepColors: [UInt64]
  private var bufferColors: [UInt64]
  /// Precedences of which no buffer speaks, and overlaps, by step and buffer.
  private var before: [[Int]]
  private var after: [[Int]]
  private var overlaps: [[Int]]
  private var work = 0

  /// Rounds in which steps learn of their surroundings.
  private static let rounds = 6
  /// Steps of a class behind a step that are tried as its partners.
  private static let reach = 4
  /// Looks at steps and buffers in all.
  private static let mostWork = 50_000
  /// Steps that one exchange may move.
  private static let mostMoved = 128

  init(_ problem: ScheduleProblem) {
    self.problem = problem
    graph = problem.steps
    before = [[Int]](repeating: [], count: problem.stepCount)
    after = before
    overlaps = [[Int]](repeating: [], count: problem.buffers.count)
    for precedence in problem.precedences {
      before[precedence.after].append(precedence.before)
      after[precedence.before].append(precedence.after)
    }
    for (number, overlap) in problem.overlaps.enumerated() {
      overlaps[overlap.first].append(number)
      overlaps[overlap.second].append(number)
    }
    stepColors = problem.transientBytes.map { Self.mixed(UInt64(truncatingIfNeeded: $0), 1) }
    bufferColors = problem.buffers.map {
      Self.mixed(UInt64(truncatingIfNeeded: $0.size), $0.isKept ? 3 : 2)
    }
    for _ in 0..<Self.rounds { refine() }
  }

  private static func mixed(_ one: UInt64, _ two: UInt64) -> UInt64 {
    var word = one &* 0x9E37_79B9_7F4A_7C15 ^ two
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return word ^ (word >> 29)
  }

  /// Colors each step and buffer anew by its own color and those around it.
  private mutating func refine() {
    var steps = stepColors.map { Self.mixed($0, 5) }
    for step in steps.indices {
      for buffer in graph.inputs[step] { steps[step] &+= Self.mixed(bufferColors[buffer], 11) }
      for buffer in graph.outputs[step] { steps[step] &+= Self.mixed(bufferColors[buffer], 13) }
      for other in before[step] { steps[step] &+= Self.mixed(stepColors[other], 17) }
      for other in after[step] { steps[step] &+= Self.mixed(stepColors[other], 19) }
    }
    var buffers = bufferColors.map { Self.mixed($0, 7) }
    for (index, buffer) in problem.buffers.enumerated() {
      if let producer = buffer.producer { buffers[index] &+= Self.mixed(stepColors[producer], 23) }
      for reader in buffer.consumers { buffers[index] &+= Self.mixed(stepColors[reader], 29) }
    }
    for overlap in problem.overlaps {
      let distance =
        UInt64(truncatingIfNeeded: overlap.leastDistance) &+ (overlap.condition == .equal ? 1 << 40 : 0)
      buffers[overlap.first] &+= Self.mixed(bufferColors[overlap.second], 31 &+ distance)
      buffers[overlap.second] &+= Self.mixed(bufferColors[overlap.first], 37 &+ distance)
    }
    (stepColors, bufferColors) = (steps, buffers)
  }

  /// What was found: branches of which any two can be exchanged, and an order of steps for each other exchange.
  struct Found {
    var groups: [BranchGroup] = []
    var precedences: [ScheduleProblem.Precedence] = []
  }

  /// Looks for branches that can be exchanged.
  mutating func find() -> Found {
    var classes: [UInt64: [Int]] = [:]
    for step in stepColors.indices { classes[stepColors[step], default: []].append(step) }
    let alike = classes.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    var found = Found()
    var grouped: Set<Int> = []
    // Short branches before long ones, of which they may be parts.
    let groups = alike.compactMap { group(of: $0) }
      .sorted {
        ($0.copies[0].count, $1.copies.count, $0.copies[0][0]) < (
          $1.copies[0].count, $0.copies.count, $1.copies[0][0]
        )
      }
    for group in groups where group.copies.allSatisfy(grouped.isDisjoint) {
      found.groups.append(group)
      grouped.formUnion(group.copies.joined())
    }
    var precedences: Set<ScheduleProblem.Precedence> = []
    for steps in alike {
      for (place, step) in steps.enumerated() where !grouped.contains(step) {
        for other in steps[(place + 1)...].prefix(Self.reach) where work < Self.mostWork {
          guard let exchange = exchange(of: step, and: other), grouped.isDisjoint(with: exchange.steps.keys),
            let first = exchange.steps.keys.min(), let second = exchange.steps[first]
          else { continue }
          precedences.insert(ScheduleProblem.Precedence(before: first, after: second))
        }
      }
    }
    found.precedences = precedences.sorted()
    return found
  }

  /// The shortest branches around steps that are alike, each of which can be exchanged with the first; nil where there are none.
  private mutating func group(of steps: [Int]) -> BranchGroup? {
    var exchanges: [Exchange] = []
    for other in steps.dropFirst() where work < Self.mostWork {
      if let exchange = exchange(of: steps[0], and: other) { exchanges.append(exchange) }
    }
    guard let shortest = exchanges.map(\.firsts.count).min(), shortest <= BranchGroup.mostSteps else {
      return nil
    }
    exchanges.removeAll { $0.firsts.count > shortest }
    let first = exchanges[0].firsts.sorted()
    var copies = [first]
    var members = Set(first)
    for exchange in exchanges where exchange.firsts.sorted() == first {
      let second = first.compactMap { exchange.steps[$0] }
      guard second.count == first.count, members.isDisjoint(with: second) else { continue }
      copies.append(second)
      members.formUnion(second)
    }
    return copies.count > 1 ? BranchGroup(copies: copies) : nil
  }

  /// Steps and buffers that are exchanged, in the making.
  private struct Exchange {
    var steps: [Int: Int] = [:]
    var buffers: [Int: Int] = [:]
    /// The steps of one side, that of the first of the two that all began with.
    var firsts: [Int] = []
    var open: [(isStep: Bool, one: Int, two: Int)] = []

    /// Exchanges two steps or buffers; false where one of them is exchanged with another.
    mutating func pair(_ one: Int, _ two: Int, isStep: Bool) -> Bool {
      let (first, second) = isStep ? (steps[one], steps[two]) : (buffers[one], buffers[two])
      if first != nil || second != nil { return first == two && second == one }
      if isStep {
        (steps[one], steps[two]) = (two, one)
        firsts.append(one)
      } else {
        (buffers[one], buffers[two]) = (two, one)
      }
      open.append((isStep, one, two))
      return true
    }
  }

  /// The steps that change places when two do; nil where there is no such exchange.
  private mutating func exchange(of one: Int, and two: Int) -> Exchange? {
    var exchange = Exchange()
    guard exchange.pair(one, two, isStep: true) else { return nil }
    while let next = exchange.open.popLast() {
      work += 4
      guard exchange.steps.count <= Self.mostMoved else { return nil }
      guard
        next.isStep
          ? follow(step: next.one, next.two, &exchange) : follow(buffer: next.one, next.two, &exchange)
      else { return nil }
    }
    return isSame(under: exchange) ? exchange : nil
  }

  private mutating func follow(step one: Int, _ two: Int, _ exchange: inout Exchange) -> Bool {
    stepColors[one] == stepColors[two]
      && pair(graph.inputs[one], graph.inputs[two], bufferColors, isStep: false, &exchange)
      && pair(graph.outputs[one], graph.outputs[two], bufferColors, isStep: false, &exchange)
      && pair(before[one], before[two], stepColors, isStep: true, &exchange)
      && pair(after[one], after[two], stepColors, isStep: true, &exchange)
  }

  private mutating func follow(buffer one: Int, _ two: Int, _ exchange: inout Exchange) -> Bool {
    let (first, second) = (problem.buffers[one], problem.buffers[two])
    return bufferColors[one] == bufferColors[two]
      && pair(
        first.producer.map { [$0] } ?? [], second.producer.map { [$0] } ?? [], stepColors, isStep: true,
        &exchange)
      && pair(first.consumers, second.consumers, stepColors, isStep: true, &exchange)
  }

  /// Pairs what only one of two has: what both have stays where it is.
  private mutating func pair(
    _ first: [Int], _ second: [Int], _ colors: [UInt64], isStep: Bool, _ exchange: inout Exchange
  ) -> Bool {
    guard first.count == second.count else { return false }
    work += first.count
    let (one, two) = (Set(first), Set(second))
    let key = { (index: Int) in (colors[index], index) }
    let left = one.subtracting(two).sorted { key($0) < key($1) }
    let right = two.subtracting(one).sorted { key($0) < key($1) }
    for (from, to) in zip(left, right) {
      guard colors[from] == colors[to], exchange.pair(from, to, isStep: isStep) else { return false }
    }
    return true
  }

  /// Whether the problem is the same with the exchange done.
  private mutating func isSame(under exchange: Exchange) -> Bool {
    func step(_ index: Int) -> Int { exchange.steps[index] ?? index }
    func buffer(_ index: Int) -> Int { exchange.buffers[index] ?? index }
    var touched = Set(exchange.buffers.keys)
    for (one, two) in exchange.steps {
      guard problem.transientBytes[one] == problem.transientBytes[two],
        Set(before[one].map(step)) == Set(before[two]), Set(after[one].map(step)) == Set(after[two])
      else { return false }
      touched.formUnion(graph.inputs[one])
      touched.formUnion(graph.outputs[one])
    }
    for index in touched {
      let (one, two) = (problem.buffers[index], problem.buffers[buffer(index)])
      work += one.consumers.count
      guard one.size == two.size, one.isKept == two.isKept, one.producer.map(step) == two.producer,
        one.consumers.map(step).sorted() == two.consumers
      else { return false }
      for number in overlaps[index] {
        let overlap = problem.overlaps[number]
        let (first, second) = (buffer(overlap.first), buffer(overlap.second))
        guard
          overlaps[first].contains(where: {
            problem.overlaps[$0] == AllowedOverlap(first: first, second: second, overlap.condition)
          })
        else { return false }
      }
    }
    return true
  }
}

extension ScheduleProblem {
  /// This problem with equal branches in one order, where that leaves one of the best orders, and those of which any two can be
  /// exchanged, which are not ordered.
  var withEqualBranchesInTurn: (problem: ScheduleProblem, groups: [BranchGroup]) {
    var branches = EqualBranches(self)
    let found = branches.find()
    guard !found.precedences.isEmpty else { return (self, found.groups) }
    let narrowed = ScheduleProblem(
      unchecked: buffers, precedences: Set(precedences + found.precedences).sorted(),
      transientBytes: transientBytes, overlaps: overlaps)
    return (narrowed, found.groups)
  }
}

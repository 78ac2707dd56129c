import Tensors

/// Windows of the starts and what follows from them.
extension OrientationSearch {
  /// Draws all conclusions; false where `conflict` holds literals that cannot all be false.
  mutating func propagate() -> Bool {
    while true {
      if trailHead < trail.count {
        let literal = trail[trailHead]
        trailHead += 1
        guard visitClauses(literal), apply(literal) else { return false }
      } else if queueHead < queue.count {
        let node = queue[queueHead]
        queueHead += 1
        isQueued[node] = false
        guard spread(node) else { return false }
      } else {
        clearQueue()
        return true
      }
    }
  }

  mutating func clearQueue() {
    for node in queue[queueHead...] { isQueued[node] = false }
    queue.removeAll(keepingCapacity: true)
    queueHead = 0
  }

  private mutating func visitClauses(_ literal: Int) -> Bool {
    implied.removeAll(keepingCapacity: true)
    let result = clauses.visit(literal ^ 1, values, &implied)
    work += result.work + 1
    for (literal, clause) in implied {
      if values[literal] == 1 { continue }
      if values[literal] == -1 {
        conflict = clauses.literals(of: clause)
        return false
      }
      assign(literal, cause: clause)
    }
    guard let clause = result.conflict else { return true }
    conflict = clauses.literals(of: clause)
    return false
  }

  /// Narrows the windows by the differences of a true literal.
  private mutating func apply(_ literal: Int) -> Bool {
    for place in ofLiteral[literal].indices {
      let number = ofLiteral[literal][place]
      let edge = edges[number]
      guard raise(edge.to, to: lower[edge.from] + edge.distance, number),
        reduce(edge.from, to: upper[edge.to] - edge.distance, number)
      else { return false }
    }
    return true
  }

  /// Narrows the windows beside a buffer's, and rules out what they leave no room for.
  private mutating func spread(_ node: Int) -> Bool {
    work += outgoing[node].count + incoming[node].count
    for place in outgoing[node].indices {
      let number = outgoing[node][place]
      let edge = edges[number]
      if values[edge.literal] == 1 {
        guard raise(edge.to, to: lower[node] + edge.distance, number) else { return false }
      } else if values[edge.literal] == 0, lower[node] + edge.distance > upper[edge.to] {
        ruleOut(edge)
      }
    }
    for place in incoming[node].indices {
      let number = incoming[node][place]
      let edge = edges[number]
      if values[edge.literal] == 1 {
        guard reduce(edge.from, to: upper[node] - edge.distance, number) else { return false }
      } else if values[edge.literal] == 0, lower[edge.from] + edge.distance > upper[node] {
        ruleOut(edge)
      }
    }
    return true
  }

  private mutating func ruleOut(_ edge: Edge) {
    let place = reasons.count
    var kept: [Int] = []
    swap(&kept, &reasons)
    kept.append(0)
    addReasons(of: edge.from, isUpper: false, to: &kept)
    addReasons(of: edge.to, isUpper: true, to: &kept)
    kept[place] = kept.count - place - 1
    swap(&kept, &reasons)
    assign(edge.literal ^ 1, cause: -place - 2)
  }

  private mutating func raise(_ node: Int, to least: Int, _ number: Int) -> Bool {
    guard least > lower[node] else { return true }
    guard !closesCircle(at: node, number, isUpper: false) else { return false }
    let source = lowerChange[edges[number].from]
    changes.append(
      Change(
        node: node, isUpper: false, value: lower[node], previous: lowerChange[node], edge: number,
        source: source))
    (lower[node], lowerChange[node]) = (least.roundedUp(to: steps[node]), changes.count - 1)
    return enqueue(node)
  }

  private mutating func reduce(_ node: Int, to most: Int, _ number: Int) -> Bool {
    guard most < upper[node] else { return true }
    guard !closesCircle(at: node, number, isUpper: true) else { return false }
    let source = upperChange[edges[number].to]
    changes.append(
      Change(
        node: node, isUpper: true, value: upper[node], previous: upperChange[node], edge: number,
        source: source))
    (upper[node], upperChange[node]) = (most < 0 ? most : roundedDown(most, node), changes.count - 1)
    return enqueue(node)
  }

  /// Whether a difference that would narrow a buffer's window follows from that window, by bytes and not only by
  /// rounding: then it narrows it for ever. `conflict` holds the circle then.
  private mutating func closesCircle(at node: Int, _ number: Int, isUpper: Bool) -> Bool {
    let start = source(of: number, isUpper)
    var at = start
    var change = isUpper ? upperChange[start] : lowerChange[start]
    var length = edges[number].distance
    while at != node, change >= 0 {
      length += edges[changes[change].edge].distance
      at = source(of: changes[change].edge, isUpper)
      change = changes[change].source
      work += 1
    }
    guard at == node, length > 0 else { return false }
    conflict = [edges[number].literal ^ 1] + reasons(of: start, isUpper: isUpper, until: node)
    return true
  }

  /// The buffer whose window a difference carries over to the other one's.
  private func source(of number: Int, _ isUpper: Bool) -> Int {
    isUpper ? edges[number].to : edges[number].from
  }

  private mutating func enqueue(_ node: Int) -> Bool {
    if lower[node] > upper[node] {
      conflict = reasons(of: node, isUpper: false) + reasons(of: node, isUpper: true)
      return false
    }
    if !isQueued[node] { queue.append(node) }
    isQueued[node] = true
    return true
  }

  /// The negated literals behind one side of a window, as far back as to another buffer.
  private func reasons(of node: Int, isUpper: Bool, until end: Int = -1) -> [Int] {
    var literals: [Int] = []
    addReasons(of: node, isUpper: isUpper, until: end, to: &literals)
    return literals
  }

  /// Follows the changes as they were made: a window may have been narrowed again since.
  private func addReasons(of node: Int, isUpper: Bool, until end: Int = -1, to literals: inout [Int]) {
    var at = node
    var change = isUpper ? upperChange[node] : lowerChange[node]
    while at != end, change >= 0 {
      literals.append(edges[changes[change].edge].literal ^ 1)
      at = source(of: changes[change].edge, isUpper)
      change = changes[change].source
    }
  }

  mutating func restoreWindows(to count: Int) {
    while changes.count > count, let change = changes.popLast() {
      if change.isUpper {
        (upper[change.node], upperChange[change.node]) = (change.value, change.previous)
      } else {
        (lower[change.node], lowerChange[change.node]) = (change.value, change.previous)
      }
    }
  }
}

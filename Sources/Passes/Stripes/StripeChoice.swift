/// Chooses runs that do not meet so that no step takes more than a number of bytes, with the least extra work.
struct StripeChoice {
  /// Bytes in use at each node without stripes.
  let live: [Int]
  let candidates: [StripeCandidate]
  let workLimit: Int

  /// What a loop costs besides its multiply-accumulates: tensors and nodes in the tail.
  private static let loopWork = 1_000

  /// Choices by rising number of bytes, each only once.
  func choices(atMost count: Int) -> [[StripeCandidate]] {
    let budgets = Set(candidates.map(\.bytes) + live).sorted()
    let most = live.max() ?? 0
    var starting = live.map { _ in [Int]() }
    for number in candidates.indices { starting[candidates[number].nodes.lowerBound].append(number) }
    let known = starting
    func chosen(within budget: Int) -> [Int]? { self.chosen(within: budget, known) }
    var found: [[StripeCandidate]] = []
    var seen: Set<[Int]> = []
    // What a budget allows, a larger one does.
    var (least, end) = (budgets.startIndex, budgets.endIndex)
    while least < end {
      let middle = least + (end - least) / 2
      if chosen(within: budgets[middle]) == nil { least = middle + 1 } else { end = middle }
    }
    for budget in budgets[least...] where budget < most && found.count < count {
      guard let chosen = chosen(within: budget), !chosen.isEmpty, seen.insert(chosen).inserted else {
        continue
      }
      found.append(chosen.map { candidates[$0] })
    }
    return found
  }

  /// How a node is reached: with the least work, and of that the fewest bytes in a loop.
  private struct Step {
    let work: Int
    let bytes: Int
    let from: Int
    let by: Int?
  }

  /// Candidates by number; nil where the bytes or the work do not suffice.
  ///
  /// - Parameter starting: candidates by the node at which they start.
  private func chosen(within budget: Int, _ starting: [[Int]]) -> [Int]? {
    var best = [Step?](repeating: nil, count: live.count + 1)
    best[0] = Step(work: 0, bytes: 0, from: 0, by: nil)
    func offer(_ step: Step, at node: Int) {
      if best[node].map({ (step.work, step.bytes) < ($0.work, $0.bytes) }) ?? true { best[node] = step }
    }
    for node in live.indices {
      guard let here = best[node] else { continue }
      if live[node] <= budget {
        offer(Step(work: here.work, bytes: here.bytes, from: node, by: nil), at: node + 1)
      }
      for number in starting[node] where candidates[number].bytes <= budget {
        let candidate = candidates[number]
        offer(
          Step(
            work: here.work + candidate.extraWork + Self.loopWork, bytes: max(here.bytes, candidate.bytes),
            from: node, by: number),
          at: candidate.nodes.upperBound)
      }
    }
    guard let end = best[live.count] else { return nil }
    var chosen: [Int] = []
    var node = live.count
    while node > 0, let step = best[node] {
      if let number = step.by { chosen.append(number) }
      node = step.from
    }
    guard end.work - chosen.count * Self.loopWork <= workLimit else { return nil }
    return chosen.reversed()
  }
}

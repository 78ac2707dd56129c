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
    var found: [[StripeCandidate]] = []
    var seen: Set<[Int]> = []
    guard let least = budgets.firstIndex(where: { chosen(within: $0) != nil }) else { return [] }
    for budget in budgets[least...] where budget < most && found.count < count {
      guard let chosen = chosen(within: budget), !chosen.isEmpty, seen.insert(chosen).inserted else {
        continue
      }
      found.append(chosen.map { candidates[$0] })
    }
    return found
  }

  /// Candidates by number; nil where the bytes or the work do not suffice.
  private func chosen(within budget: Int) -> [Int]? {
    var best = [(work: Int, from: Int, by: Int?)?](repeating: nil, count: live.count + 1)
    best[0] = (0, 0, nil)
    let starting = Dictionary(grouping: candidates.indices.filter { candidates[$0].bytes <= budget }) {
      candidates[$0].nodes.lowerBound
    }
    for node in live.indices {
      guard let here = best[node] else { continue }
      if live[node] <= budget, here.work < best[node + 1]?.work ?? .max {
        best[node + 1] = (here.work, node, nil)
      }
      for number in starting[node] ?? [] {
        let candidate = candidates[number]
        let work = here.work + candidate.extraWork + Self.loopWork
        if work < best[candidate.nodes.upperBound]?.work ?? .max {
          best[candidate.nodes.upperBound] = (work, node, number)
        }
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

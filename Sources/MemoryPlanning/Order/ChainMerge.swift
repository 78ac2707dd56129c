/// Chains of steps that wait for nothing but themselves, merged into the order with the lowest peak.
///
/// Each chain is cut into segments: up to its fewest live bytes by rising hills, and from there by falling ones. Segments
/// that set bytes free run first, the lowest hill first; those that take bytes follow, the one that leaves most of its
/// hill first (Abdel-Wahab and Kameda 1978; Liu 1987). Buffers that several chains read die with the last of them: every
/// choice of that chain is tried, and a choice that the order then does not keep to gives a bound all the same.
struct ChainMerge {
  private let problem: ScheduleProblem
  private let overlaps: StepOverlaps
  private let graph: StepGraph
  /// Steps of every chain, in the chain's order.
  private let chains: [[Int]]
  /// Buffers that are there from the start and die with one of several chains, and those chains.
  private let shared: [(buffer: Int, chains: [Int])]

  /// Steps that all choices together may look at.
  private static let workLimit = 4_000_000

  /// - Returns: nil where the steps are no chains, or where one chain is all.
  init?(_ problem: ScheduleProblem) {
    let graph = problem.steps
    guard let chains = Self.chains(of: graph), chains.count > 1 else { return nil }
    var chain = [Int](repeating: 0, count: problem.stepCount)
    for (number, steps) in chains.enumerated() { for step in steps { chain[step] = number } }
    var shared: [(buffer: Int, chains: [Int])] = []
    for (index, buffer) in problem.buffers.enumerated() where buffer.producer == nil && !buffer.isKept {
      let readers = Set(buffer.consumers.map { chain[$0] })
      if readers.count > 1 { shared.append((index, readers.sorted())) }
    }
    self.problem = problem
    self.graph = graph
    self.chains = chains
    self.shared = shared
    overlaps = StepOverlaps(problem)
  }

  /// Connected steps that are all ordered against each other; nil where some are not.
  private static func chains(of graph: StepGraph) -> [[Int]]? {
    var chains: [[Int]] = []
    var chain = [Int?](repeating: nil, count: graph.stepCount)
    for step in graph.topologicalOrder {
      // The step joins the chain whose last step it waits for; those of other chains make it no chain.
      let before = Set(graph.predecessors[step].compactMap { chain[$0] })
      guard before.count <= 1 else { return nil }
      guard let number = before.first else {
        chain[step] = chains.count
        chains.append([step])
        continue
      }
      guard let last = chains[number].last, graph.predecessors[step].contains(last) else { return nil }
      chain[step] = number
      chains[number].append(step)
    }
    return chains
  }

  struct Result {
    let schedule: Schedule
    /// No order has a lower peak; 0 where not all choices were tried.
    let lowerBound: Int
  }

  /// The best order that the choices give, and what no order's peak is below.
  func run() -> Result {
    var best: Schedule?
    var lowerBound = Int.max
    var work = 0
    var isEverythingTried = true
    var owners = [Int](repeating: 0, count: shared.count)
    while true {
      let (order, peak) = merged(owners)
      lowerBound = min(lowerBound, peak)
      if best.map({ peak < $0.peakBytes }) ?? true {
        let schedule = problem.schedule(order)
        if best.map({ schedule.peakBytes < $0.peakBytes }) ?? true { best = schedule }
      }
      work += problem.stepCount
      guard advance(&owners) else { break }
      guard work < Self.workLimit else {
        isEverythingTried = false
        break
      }
    }
    let schedule = best ?? problem.schedule(graph.topologicalOrder)
    return Result(schedule: schedule, lowerBound: isEverythingTried ? lowerBound : 0)
  }

  /// The next choice; false behind the last one.
  private func advance(_ owners: inout [Int]) -> Bool {
    for index in owners.indices {
      owners[index] += 1
      if owners[index] < shared[index].chains.count { return true }
      owners[index] = 0
    }
    return false
  }

  /// The best order where each shared buffer dies with the chosen chain, wherever the others are, and its peak.
  private func merged(_ owners: [Int]) -> (order: [Int], peak: Int) {
    var owner: [Int: Int] = [:]
    for (choice, entry) in zip(owners, shared) { owner[entry.buffer] = entry.chains[choice] }
    let profiles = chains.enumerated().map { ChainProfile(problem, $1, graph, overlaps, chain: $0, owner) }
    var falling = profiles.flatMap(\.falling)
    var rising = profiles.flatMap(\.rising)
    falling.sort { ($0.hill - $0.start, $0.chain) < ($1.hill - $1.start, $1.chain) }
    rising.sort { ($0.hill - $0.end, $1.chain) > ($1.hill - $1.end, $0.chain) }
    var live = problem.bytesLiveThroughout
    var peak = live
    var order: [Int] = []
    for segment in falling + rising {
      peak = max(peak, live - segment.start + segment.hill)
      live += segment.end - segment.start
      order += segment.steps
    }
    return (order, peak)
  }
}

import Tensors

/// A set of executed steps under construction, with the bytes it leaves live and its peak so far.
struct PartialOrder {
  private(set) var executed: [UInt64]
  private(set) var hash: UInt64 = 0
  private(set) var liveBytes: Int
  private(set) var peakBytes: Int
  /// Steps ready to run, ascending.
  private(set) var ready: [Int]
  /// Steps run since the partial order was made from a stored state.
  private(set) var moves: [Int] = []

  /// - Parameter ready: `instance.readySteps(after: executed)`.
  init(executed: [UInt64], hash: UInt64, liveBytes: Int, peakBytes: Int, ready: [Int]) {
    self.executed = executed
    self.hash = hash
    self.liveBytes = liveBytes
    self.peakBytes = peakBytes
    self.ready = ready
  }

  init(startOf instance: OrderInstance) {
    let executed = [UInt64](repeating: 0, count: instance.width)
    self.init(
      executed: executed, hash: 0, liveBytes: instance.initialBytes,
      peakBytes: instance.stepCount == 0 ? instance.initialBytes : 0,
      ready: instance.readySteps(after: executed))
  }

  var isComplete: Bool { ready.isEmpty }

  /// Runs a ready step.
  mutating func run(_ step: Int, in instance: OrderInstance) {
    peakBytes = max(peakBytes, liveBytes + instance.stepBytes(of: step, after: executed))
    liveBytes += instance.liveBytesChange(of: step, after: executed)
    executed[step >> 6] |= 1 << UInt64(step & 63)
    hash ^= SeededRandom.word(at: step)
    moves.append(step)
    ready.removeAll { $0 == step }
    for next in instance.graph.successors[step] where instance.isReady(next, after: executed) {
      let place = ready.firstIndex { $0 > next } ?? ready.count
      ready.insert(next, at: place)
    }
  }

  /// Runs every step, and every chain of steps, that provably cannot hurt while the peak stays within
  /// `bound`.
  ///
  /// Live bytes are a submodular function on the sets of steps closed under predecessors. Hence a
  /// move from S to S′ whose steps stay within the bound, and whose end leaves no more bytes live
  /// than any closed set between S and S′, can be made first in every completion of S without
  /// raising its peak above the bound. For a chain, each step of which waits for the one before, the
  /// sets in between are its prefixes. What a later step can share with inputs that die does not shrink
  /// either: with more steps done before, it is the last reader of more.
  mutating func runHarmlessSteps(within bound: Int, in instance: OrderInstance, _ ideas: OrderSearchIdeas) {
    var index = 0
    while index < ready.count {
      if let chain = harmlessChain(from: ready[index], within: bound, in: instance, ideas) {
        for step in chain { run(step, in: instance) }
        index = 0
      } else {
        index += 1
      }
    }
  }

  /// The shortest chain from a ready step that ends with no more bytes live than now.
  private func harmlessChain(
    from first: Int, within bound: Int, in instance: OrderInstance, _ ideas: OrderSearchIdeas
  ) -> [Int]? {
    var executed = executed
    var live = liveBytes
    var chain: [Int] = []
    var step: Int? = first
    while let next = step, live + instance.stepBytes(of: next, after: executed) <= bound {
      live += instance.liveBytesChange(of: next, after: executed)
      executed[next >> 6] |= 1 << UInt64(next & 63)
      chain.append(next)
      if live <= liveBytes {
        return ideas.contains(chain.count == 1 ? .harmlessSteps : .harmlessChains) ? chain : nil
      }
      step = instance.graph.successors[next].min { left, right in
        chainKey(left, after: executed, in: instance) < chainKey(right, after: executed, in: instance)
      }
      if let follower = step, !instance.isReady(follower, after: executed) { return nil }
    }
    return nil
  }

  private func chainKey(_ step: Int, after executed: [UInt64], in instance: OrderInstance) -> (Int, Int, Int)
  {
    guard instance.isReady(step, after: executed) else { return (1, 0, step) }
    return (0, instance.liveBytesChange(of: step, after: executed), step)
  }
}

import Tensors

/// A set of steps under construction, from one end of the order, with the bytes live beside it and its peak so far.
struct PartialOrder {
  private(set) var executed: [UInt64]
  private(set) var hash: UInt64 = 0
  private(set) var liveBytes: Int
  private(set) var peakBytes: Int
  /// Steps ready to run, ascending.
  private(set) var ready: [Int]
  /// Steps run since the partial order was made from a stored state.
  private(set) var moves: [Int] = []
  /// Memory for a look ahead: a set of executed steps, and a chain of steps.
  private var trial: [UInt64] = []
  private var chain: [Int] = []

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

  /// Becomes another partial order, as if made from a stored state, in the memory that it has.
  mutating func become(_ other: PartialOrder) {
    become(other.executed[...], other.hash, liveBytes: other.liveBytes, peakBytes: other.peakBytes)
    ready.removeAll(keepingCapacity: true)
    ready.append(contentsOf: other.ready)
  }

  /// Becomes the partial order of a stored state.
  mutating func become(
    _ words: ArraySlice<UInt64>, _ hash: UInt64, liveBytes: Int, peakBytes: Int,
    ready steps: ArraySlice<Int32>
  ) {
    become(words, hash, liveBytes: liveBytes, peakBytes: peakBytes)
    ready.removeAll(keepingCapacity: true)
    for step in steps { ready.append(Int(step)) }
  }

  private mutating func become(_ words: ArraySlice<UInt64>, _ hash: UInt64, liveBytes: Int, peakBytes: Int) {
    for (place, word) in zip(executed.indices, words) { executed[place] = word }
    (self.hash, self.liveBytes, self.peakBytes) = (hash, liveBytes, peakBytes)
    moves.removeAll(keepingCapacity: true)
  }

  /// Runs a ready step.
  mutating func run(_ step: Int, in instance: OrderInstance) {
    let added = instance.bytes(of: step, after: executed)
    peakBytes = max(peakBytes, liveBytes + added.peak)
    liveBytes += added.change
    executed[step >> 6] |= 1 << UInt64(step & 63)
    hash ^= SeededRandom.word(at: step)
    moves.append(step)
    ready.removeAll { $0 == step }
    for next in instance.followers[step] where instance.isReady(next, after: executed) {
      let place = ready.firstIndex { $0 > next } ?? ready.count
      ready.insert(next, at: place)
    }
  }

  /// Becomes the one of the partial orders like this one that the search keeps; its moves keep their names.
  mutating func sortBranches(in instance: OrderInstance) {
    guard let names = instance.renaming(of: executed) else { return }
    trial.removeAll(keepingCapacity: true)
    trial.append(contentsOf: repeatElement(0, count: executed.count))
    hash = 0
    for step in 0..<instance.stepCount where instance.contains(step, in: executed) {
      let name = names[step]
      trial[name >> 6] |= 1 << UInt64(name & 63)
      hash ^= SeededRandom.word(at: name)
    }
    swap(&executed, &trial)
    for place in ready.indices { ready[place] = names[ready[place]] }
    ready.sort()
  }

  /// Runs every step, and every chain of steps, that provably cannot hurt while the peak stays within
  /// `bound`.
  ///
  /// Live bytes are a submodular function on the sets of steps closed under predecessors, and so on those that are left. Hence a
  /// move from S to S′ whose steps stay within the bound, and whose end leaves no more bytes live
  /// than any closed set between S and S′, can be made first in every completion of S without
  /// raising its peak above the bound. For a chain, each step of which waits for the one before, the
  /// sets in between are its prefixes. What a later step can share with inputs that die does not shrink
  /// either: with more steps done before, it is the last reader of more (from the end: `hasHarmlessSteps`).
  mutating func runHarmlessSteps(within bound: Int, in instance: OrderInstance, _ ideas: OrderSearchIdeas) {
    guard instance.hasHarmlessSteps else { return }
    var index = 0
    while index < ready.count {
      if findHarmlessChain(from: ready[index], within: bound, in: instance, ideas) {
        for place in chain.indices { run(chain[place], in: instance) }
        index = 0
      } else {
        index += 1
      }
    }
  }

  /// Looks for the shortest chain from a ready step that ends with no more bytes live than now; `chain` holds it then.
  private mutating func findHarmlessChain(
    from first: Int, within bound: Int, in instance: OrderInstance, _ ideas: OrderSearchIdeas
  ) -> Bool {
    trial.removeAll(keepingCapacity: true)
    trial.append(contentsOf: executed)
    chain.removeAll(keepingCapacity: true)
    var live = liveBytes
    var step: Int? = first
    while let next = step {
      let added = instance.bytes(of: next, after: trial)
      guard live + added.peak <= bound else { return false }
      live += added.change
      trial[next >> 6] |= 1 << UInt64(next & 63)
      chain.append(next)
      if live <= liveBytes { return ideas.contains(chain.count == 1 ? .harmlessSteps : .harmlessChains) }
      step = follower(of: next, in: instance)
    }
    return false
  }

  /// The step ready behind another one in the look ahead that leaves the fewest bytes live; nil where none is ready.
  private func follower(of step: Int, in instance: OrderInstance) -> Int? {
    var best: (change: Int, step: Int)?
    for next in instance.followers[step] where instance.isReady(next, after: trial) {
      let change = instance.liveBytesChange(of: next, after: trial)
      if best.map({ (change, next) < $0 }) ?? true { best = (change, next) }
    }
    return best?.step
  }
}

/// The end of an order at which a search begins.
enum OrderEnd: CaseIterable {
  case start
  case end
}

/// A `ScheduleProblem` compiled for search: masks and lists by step, and moves on sets of steps.
///
/// From the start, a set of steps is what has run, closed under predecessors; from the end, it is what still has to run,
/// closed under successors, and a move puts one more step before it. Live bytes are those between the set and the other
/// steps either way.
struct OrderInstance {
  let stepCount: Int
  /// Words of a set of steps.
  let width: Int
  let graph: StepGraph
  let end: OrderEnd
  let branches: [BranchGroup]
  /// Bytes live where the set of steps is empty.
  let initialBytes: Int
  /// Bytes that a step adds at its peak where it shares none: what it writes and its transient bytes.
  private let stepBytes: [Int]
  private let overlaps: StepOverlaps
  let problem: ScheduleProblem
  /// Steps that must be in the set before a step, and those that wait for it.
  private let awaited: [[Int]]
  let followers: [[Int]]
  private let awaitedMasks: [UInt64]
  /// Bytes written by a step that nothing reads: live during the step only.
  private let deadBytes: [Int]
  private let writtenBytes: [Int]

  init(_ problem: ScheduleProblem, from end: OrderEnd = .start, branches: [BranchGroup] = []) {
    let graph = problem.steps
    let buffers = problem.buffers
    let width = (problem.stepCount + 63) / 64
    self.problem = problem
    self.graph = graph
    self.width = width
    self.end = end
    self.branches = branches
    overlaps = StepOverlaps(problem)
    stepCount = problem.stepCount
    initialBytes = end == .start ? problem.bytesLiveThroughout : problem.bytesLiveAtTheEnd
    writtenBytes = graph.outputs.map { $0.reduce(0) { $0 + buffers[$1].size } }
    deadBytes = graph.outputs.map {
      $0.reduce(0) { $0 + (buffers[$1].consumers.isEmpty && !buffers[$1].isKept ? buffers[$1].size : 0) }
    }
    stepBytes = zip(writtenBytes, problem.transientBytes).map { $0 + $1 }
    (awaited, followers) =
      end == .start ? (graph.predecessors, graph.successors) : (graph.successors, graph.predecessors)
    var masks = [UInt64](repeating: 0, count: problem.stepCount * width)
    for (step, others) in awaited.enumerated() {
      for other in others { masks[step * width + other >> 6] |= 1 << UInt64(other & 63) }
    }
    awaitedMasks = masks
  }

  /// Whether a move that leaves no more bytes live can be made at once.
  ///
  /// From the end, a step that is moved ahead of others is the last reader of fewer buffers. Each that it does not free is then
  /// missing from its peak, and so are the bytes that it would have shared: no more, unless two of its outputs share one input.
  var hasHarmlessSteps: Bool { end == .start || !overlaps.sharesTwice }

  func contains(_ step: Int, in set: [UInt64]) -> Bool {
    set[step >> 6] & (1 << UInt64(step & 63)) != 0
  }

  /// Whether a step can join a set that does not hold it.
  func isReady(_ step: Int, after set: [UInt64]) -> Bool {
    let others = awaited[step]
    if others.count < width {
      for other in others where !contains(other, in: set) { return false }
      return true
    }
    for word in 0..<width where awaitedMasks[step * width + word] & ~set[word] != 0 {
      return false
    }
    return true
  }

  /// Steps that can join a set, ascending.
  func readySteps(after set: [UInt64]) -> [Int] {
    (0..<stepCount).filter { !contains($0, in: set) && isReady($0, after: set) }
  }

  /// What a ready step adds to the live bytes beside a set: at its peak, and when it has joined the set.
  func bytes(of step: Int, after set: [UInt64]) -> (peak: Int, change: Int) {
    let change = liveBytesChange(of: step, after: set)
    let peak = stepBytes[step] - overlaps.sharedBytes(at: step) { isLastReader(step, of: $0, after: set) }
    return (end == .start ? peak : change + peak, change)
  }

  /// Whether a buffer that a ready step reads is read by none behind it.
  private func isLastReader(_ step: Int, of buffer: Int, after set: [UInt64]) -> Bool {
    let buffer = problem.buffers[buffer]
    if buffer.isKept { return false }
    if end == .start { return buffer.consumers.allSatisfy { $0 == step || contains($0, in: set) } }
    return !buffer.consumers.contains { contains($0, in: set) }
  }

  /// How the live bytes change when a ready step joins the set.
  func liveBytesChange(of step: Int, after set: [UInt64]) -> Int {
    var change = writtenBytes[step] - deadBytes[step]
    for input in graph.inputs[step] where isLastReader(step, of: input, after: set) {
      change -= problem.buffers[input].size
    }
    return end == .start ? change : -change
  }

  /// Whether a buffer is live beside a set.
  func isLive(_ buffer: ScheduleProblem.Buffer, beside set: [UInt64]) -> Bool {
    let isWritten = buffer.producer.map { contains($0, in: set) == (end == .start) } ?? true
    if !isWritten || buffer.isKept { return isWritten }
    return buffer.consumers.contains { contains($0, in: set) == (end == .end) }
  }
}

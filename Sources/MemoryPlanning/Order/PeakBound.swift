/// What must be in use at a step in any order, and in any order that begins, or ends, with a set of steps.
///
/// At a step, what it reads and writes is live, and so is every buffer that is written before the step in
/// any order and read behind it in any order. Once a set of steps has been executed, the same holds for
/// every buffer that the set leaves live and that is read behind the step in any order; where a set of steps is the end of the
/// order, for every buffer that is live before them and is written before the step in any order. What the step may
/// share with inputs is taken off, unless another step must read them later.
struct PeakBound {
  /// Bytes in use at a step in any order, by step.
  private let always: [Int]
  /// Bytes that a live buffer adds at a step, by buffer and step, one row behind the other; empty for large problems.
  private let whenLive: [Int]
  /// Buffers that may add something.
  private let held: [Int]
  private let problem: ScheduleProblem

  /// Problems with more pairs of buffers and steps keep to the bound that holds in any order.
  private static let pairLimit = 4_000_000

  /// - Parameter end: the end at which the sets of steps begin.
  init(_ problem: ScheduleProblem, from end: OrderEnd = .start) {
    let graph = problem.steps
    let (ancestors, descendants) = (graph.ancestors, graph.descendants)
    let count = problem.stepCount
    var always = problem.transientBytes
    var whenLive: [Int] = []
    let isSmall = problem.buffers.count * count <= Self.pairLimit
    var all = BitSet(capacity: count)
    for step in 0..<count { all.insert(step) }
    for buffer in problem.buffers {
      // Steps that run while the buffer is live where they run behind its producer.
      var unread = all
      if !buffer.isKept && (buffer.producer != nil || !buffer.consumers.isEmpty) {
        unread = BitSet(capacity: count)
        for reader in buffer.consumers { unread.formUnion(ancestors[reader]) }
        for reader in buffer.consumers { unread.insert(reader) }
      }
      // Steps that run while it is live where they run before its last reader.
      var written = all
      if let producer = buffer.producer {
        written = descendants[producer]
        written.insert(producer)
        unread.insert(producer)
      }
      var inAnyOrder = unread
      inAnyOrder.formIntersection(written)
      inAnyOrder.forEach { always[$0] += buffer.size }
      if isSmall {
        let held = end == .start ? unread : written
        var row = [Int](repeating: 0, count: count)
        held.forEach { row[$0] = inAnyOrder.contains($0) ? 0 : buffer.size }
        whenLive += row
      }
    }
    let overlaps = StepOverlaps(problem)
    for step in 0..<count {
      always[step] -= overlaps.sharedBytes(at: step) { buffer in
        !problem.buffers[buffer].consumers.contains { ancestors[$0].contains(step) }
      }
    }
    self.always = always
    self.whenLive = whenLive
    held = problem.buffers.indices.filter {
      let buffer = problem.buffers[$0]
      return buffer.size > 0 && (end == .start ? buffer.producer != nil : !buffer.isKept)
    }
    self.problem = problem
  }

  /// The largest number of bytes that must be in use at some step in any order.
  var overall: Int { always.max() ?? problem.bytesLiveThroughout }

  /// The largest number of bytes that must be in use at some step outside a set.
  ///
  /// - Parameter bounds: memory to work in.
  func remaining(after set: [UInt64], in instance: OrderInstance, _ bounds: inout [Int]) -> Int {
    if whenLive.isEmpty { return 0 }
    bounds.removeAll(keepingCapacity: true)
    bounds.append(contentsOf: always)
    for index in held where instance.isLive(problem.buffers[index], beside: set) {
      let row = index * bounds.count
      for step in bounds.indices { bounds[step] &+= whenLive[row + step] }
    }
    var highest = 0
    for step in bounds.indices where bounds[step] > highest && !instance.contains(step, in: set) {
      highest = bounds[step]
    }
    return highest
  }
}

/// What must be in use at a step in any order, and in any order that continues a set of executed steps.
///
/// At a step, what it reads and writes is live, and so is every buffer that is written before the step in
/// any order and read behind it in any order. Once a set of steps has been executed, the same holds for
/// every buffer that the set leaves live and that is read behind the step in any order. What the step may
/// share with inputs is taken off, unless another step must read them later.
struct PeakBound {
  /// Bytes in use at a step in any order, by step.
  private let always: [Int]
  /// Bytes that a live buffer adds at a step, by buffer and step, one row behind the other; empty for large problems.
  private let whenLive: [Int]
  /// Buffers that a step writes and that add something.
  private let held: [Int]
  private let problem: ScheduleProblem

  /// Problems with more pairs of buffers and steps keep to the bound that holds in any order.
  private static let pairLimit = 4_000_000

  init(_ problem: ScheduleProblem) {
    let graph = StepGraph(problem)
    let (ancestors, descendants) = (graph.ancestors, graph.descendants)
    let count = problem.stepCount
    var always = problem.transientBytes
    var whenLive: [Int] = []
    let isSmall = problem.buffers.count * count <= Self.pairLimit
    var all = BitSet(capacity: count)
    for step in 0..<count { all.insert(step) }
    for buffer in problem.buffers {
      // Steps that run while the buffer is live where they run behind its producer.
      var held = all
      if !buffer.isKept && (buffer.producer != nil || !buffer.consumers.isEmpty) {
        held = BitSet(capacity: count)
        for reader in buffer.consumers { held.formUnion(ancestors[reader]) }
        for reader in buffer.consumers { held.insert(reader) }
      }
      var inAnyOrder = held
      if let producer = buffer.producer {
        inAnyOrder.formIntersection(descendants[producer])
        inAnyOrder.insert(producer)
      }
      inAnyOrder.forEach { always[$0] += buffer.size }
      if isSmall {
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
      problem.buffers[$0].size > 0 && problem.buffers[$0].producer != nil
    }
    self.problem = problem
  }

  /// The largest number of bytes that must be in use at some step in any order.
  var overall: Int { always.max() ?? problem.bytesLiveThroughout }

  /// The largest number of bytes that must be in use at some step behind the executed ones.
  ///
  /// - Parameter bounds: memory to work in.
  func remaining(after executed: [UInt64], in instance: OrderInstance, _ bounds: inout [Int]) -> Int {
    if whenLive.isEmpty { return 0 }
    bounds.removeAll(keepingCapacity: true)
    bounds.append(contentsOf: always)
    for index in held where isLive(index, after: executed, in: instance) {
      let row = index * bounds.count
      for step in bounds.indices { bounds[step] &+= whenLive[row + step] }
    }
    var highest = 0
    for step in bounds.indices where bounds[step] > highest && !instance.contains(step, in: executed) {
      highest = bounds[step]
    }
    return highest
  }

  private func isLive(_ buffer: Int, after executed: [UInt64], in instance: OrderInstance) -> Bool {
    guard instance.contains(problem.buffers[buffer].producer ?? 0, in: executed) else { return false }
    for reader in problem.buffers[buffer].consumers where !instance.contains(reader, in: executed) {
      return true
    }
    return false
  }
}

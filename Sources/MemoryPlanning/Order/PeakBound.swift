/// What must be in use at a step in any order, and in any order that continues a set of executed steps.
///
/// At a step, what it reads and writes is live, and so is every buffer that is written before the step in
/// any order and read behind it in any order. Once a set of steps has been executed, the same holds for
/// every buffer that the set leaves live and that is read behind the step in any order. What the step may
/// share with inputs is taken off, unless another step must read them later.
struct PeakBound {
  /// Bytes in use at a step in any order, by step.
  private let always: [Int]
  /// Bytes that a live buffer adds at a step, by buffer and step; empty for large problems.
  private let whenLive: [[Int]]
  private let problem: ScheduleProblem

  /// Problems with more pairs of buffers and steps keep to the bound that holds in any order.
  private static let pairLimit = 4_000_000

  init(_ problem: ScheduleProblem) {
    let ancestors = StepGraph(problem).ancestors
    let steps = 0..<problem.stepCount
    var always = problem.transientBytes
    var whenLive: [[Int]] = []
    let isSmall = problem.buffers.count * problem.stepCount <= Self.pairLimit
    for buffer in problem.buffers {
      var row = isSmall ? [Int](repeating: 0, count: problem.stepCount) : []
      let isEndless = buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty)
      for step in steps {
        let isTouched = buffer.producer == step || buffer.consumers.contains(step)
        let isWritten = buffer.producer.map { ancestors[step].contains($0) } ?? true
        let isAwaited = isEndless || buffer.consumers.contains { ancestors[$0].contains(step) }
        if isTouched || (isWritten && isAwaited) {
          always[step] += buffer.size
        } else if isSmall && isAwaited {
          row[step] = buffer.size
        }
      }
      if isSmall { whenLive.append(row) }
    }
    let overlaps = StepOverlaps(problem)
    for step in steps {
      always[step] -= overlaps.sharedBytes(at: step) { buffer in
        !problem.buffers[buffer].consumers.contains { ancestors[$0].contains(step) }
      }
    }
    self.always = always
    self.whenLive = whenLive
    self.problem = problem
  }

  /// The largest number of bytes that must be in use at some step in any order.
  var overall: Int { always.max() ?? problem.bytesLiveThroughout }

  /// The largest number of bytes that must be in use at some step behind the executed ones.
  func remaining(after executed: [UInt64], in instance: OrderInstance) -> Int {
    if whenLive.isEmpty { return 0 }
    var bounds = always
    for (index, buffer) in problem.buffers.enumerated() where buffer.size > 0 {
      guard let producer = buffer.producer, instance.contains(producer, in: executed) else { continue }
      if buffer.consumers.allSatisfy({ instance.contains($0, in: executed) }) { continue }
      let row = whenLive[index]
      for step in bounds.indices { bounds[step] &+= row[step] }
    }
    var highest = 0
    for step in bounds.indices where bounds[step] > highest && !instance.contains(step, in: executed) {
      highest = bounds[step]
    }
    return highest
  }
}

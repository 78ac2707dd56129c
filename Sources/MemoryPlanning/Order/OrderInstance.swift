/// A `ScheduleProblem` compiled for search: masks and lists by step, and moves on sets of steps.
struct OrderInstance {
  let stepCount: Int
  /// Words of a set of steps.
  let width: Int
  let graph: StepGraph
  let initialBytes: Int
  /// Bytes that a step adds at its peak where it shares none: what it writes and its transient bytes.
  private let stepBytes: [Int]
  private let overlaps: StepOverlaps
  let problem: ScheduleProblem
  private let predecessorMasks: [UInt64]
  /// Bytes written by a step that nothing reads: live during the step only.
  private let deadBytes: [Int]
  private let writtenBytes: [Int]

  init(_ problem: ScheduleProblem) {
    let graph = StepGraph(problem)
    let buffers = problem.buffers
    let width = (problem.stepCount + 63) / 64
    self.problem = problem
    self.graph = graph
    self.width = width
    overlaps = StepOverlaps(problem)
    stepCount = problem.stepCount
    initialBytes = problem.bytesLiveThroughout
    writtenBytes = graph.outputs.map { $0.reduce(0) { $0 + buffers[$1].size } }
    deadBytes = graph.outputs.map {
      $0.reduce(0) { $0 + (buffers[$1].consumers.isEmpty && !buffers[$1].isKept ? buffers[$1].size : 0) }
    }
    stepBytes = zip(writtenBytes, problem.transientBytes).map { $0 + $1 }
    var masks = [UInt64](repeating: 0, count: problem.stepCount * width)
    for (step, before) in graph.predecessors.enumerated() {
      for other in before { masks[step * width + other >> 6] |= 1 << UInt64(other & 63) }
    }
    predecessorMasks = masks
  }

  func contains(_ step: Int, in executed: [UInt64]) -> Bool {
    executed[step >> 6] & (1 << UInt64(step & 63)) != 0
  }

  func isReady(_ step: Int, after executed: [UInt64]) -> Bool {
    let predecessors = graph.predecessors[step]
    if predecessors.count < width {
      for before in predecessors where !contains(before, in: executed) { return false }
      return true
    }
    for word in 0..<width where predecessorMasks[step * width + word] & ~executed[word] != 0 {
      return false
    }
    return true
  }

  /// Steps not executed whose predecessors all are, ascending.
  func readySteps(after executed: [UInt64]) -> [Int] {
    (0..<stepCount).filter { !contains($0, in: executed) && isReady($0, after: executed) }
  }

  /// Bytes that a ready step adds at its peak where it runs next.
  func stepBytes(of step: Int, after executed: [UInt64]) -> Int {
    stepBytes[step] - overlaps.sharedBytes(at: step) { isLastReader(step, of: $0, after: executed) }
  }

  private func isLastReader(_ step: Int, of buffer: Int, after executed: [UInt64]) -> Bool {
    !problem.buffers[buffer].isKept
      && problem.buffers[buffer].consumers.allSatisfy { $0 == step || contains($0, in: executed) }
  }

  /// How the live bytes change when a ready step runs next.
  func liveBytesChange(of step: Int, after executed: [UInt64]) -> Int {
    var change = writtenBytes[step] - deadBytes[step]
    for input in graph.inputs[step] where isLastReader(step, of: input, after: executed) {
      change -= problem.buffers[input].size
    }
    return change
  }
}

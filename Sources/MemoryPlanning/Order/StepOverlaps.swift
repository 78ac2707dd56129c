/// The allowed overlaps of a schedule problem by step: what a step's output may share with its inputs.
struct StepOverlaps {
  /// A buffer that a step writes, and those that it may lie over where they die with the step.
  private struct Written {
    let size: Int
    let read: [(buffer: Int, size: Int, distance: Int)]
  }

  private let written: [[Written]]
  /// Whether two outputs of a step can lie over one of its inputs, each counted by itself.
  let sharesTwice: Bool

  init(_ problem: ScheduleProblem) {
    var pairs = [[AllowedOverlap]](repeating: [], count: problem.buffers.count)
    for overlap in problem.overlaps where !problem.buffers[overlap.second].isKept {
      pairs[overlap.first].append(overlap)
    }
    var written = [[Written]](repeating: [], count: problem.stepCount)
    for (buffer, overlaps) in pairs.enumerated() where !overlaps.isEmpty {
      guard let step = problem.buffers[buffer].producer else { continue }
      written[step].append(
        Written(
          size: problem.buffers[buffer].size,
          read: overlaps.map { ($0.second, problem.buffers[$0.second].size, $0.leastDistance) }))
    }
    self.written = written
    sharesTwice = written.contains { outputs in
      let read = outputs.flatMap { output in output.read.map(\.buffer) }
      return Set(read).count < read.count
    }
  }

  /// The most bytes that a step's buffers can share where those die for which `isLastRead` says so.
  func sharedBytes(at step: Int, isLastRead: (Int) -> Bool) -> Int {
    var shared = 0
    for buffer in written[step] {
      if buffer.read.count == 1 {
        let only = buffer.read[0]
        if only.distance < buffer.size, isLastRead(only.buffer) {
          shared += min(only.size, buffer.size - only.distance)
        }
        continue
      }
      let read = buffer.read.filter { isLastRead($0.buffer) }
      if read.isEmpty { continue }
      shared += AllowedOverlap.mostSharedBytes(
        written: buffer.size, read: read.map { ($0.size, $0.distance) })
    }
    return shared
  }
}

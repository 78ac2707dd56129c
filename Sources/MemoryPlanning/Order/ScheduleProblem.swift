/// Steps that produce and consume buffers, to be put into the order with the lowest memory peak.
///
/// A buffer is live from its producer's step to its last consumer's step, both included. While a
/// step runs, the bytes in use are those of all live buffers plus the step's own transient bytes.
package struct ScheduleProblem: Sendable, Equatable {
  package struct Buffer: Sendable, Equatable {
    /// Bytes, already rounded up to whatever alignment the arena uses.
    package let size: Int
    /// The step that writes the buffer; nil where it is there from the start.
    package let producer: Int?
    /// The steps that read the buffer, ascending, each once.
    package let consumers: [Int]
    /// Whether the buffer is still needed when all steps are done.
    package let isKept: Bool

    package init(size: Int, producer: Int?, consumers: [Int], isKept: Bool = false) {
      self.size = size
      self.producer = producer
      self.consumers = Array(Set(consumers)).sorted()
      self.isKept = isKept
    }
  }

  /// An order between two steps that no buffer implies.
  package struct Precedence: Sendable, Hashable, Comparable {
    package let before: Int
    package let after: Int

    package init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }

    package static func < (left: Precedence, right: Precedence) -> Bool {
      (left.before, left.after) < (right.before, right.after)
    }
  }

  package let buffers: [Buffer]
  /// Ascending, each once.
  package let precedences: [Precedence]
  /// Bytes that a step needs only while it runs, by step: for a call, the peak of what it calls.
  package let transientBytes: [Int]

  /// Buffers that may share bytes while a step writes the first and reads the second for the last time.
  package let overlaps: [AllowedOverlap]

  /// The steps as a graph.
  let steps: StepGraph

  package var stepCount: Int { transientBytes.count }

  /// - Throws: `PlanningError` for indices out of range, negative sizes, sums that overflow, precedences
  ///   that form a cycle, and overlaps of buffers that no step both reads and writes.
  package init(
    buffers: [Buffer], precedences: [Precedence] = [], transientBytes: [Int],
    overlaps: [AllowedOverlap] = []
  ) throws(PlanningError) {
    try Self.checkRanges(buffers, precedences, transientBytes)
    self.init(
      unchecked: buffers, precedences: Set(precedences).sorted(), transientBytes: transientBytes,
      overlaps: overlaps)
    try checkOverlaps()
    if let step = steps.stepOnCycle { throw .cyclicPrecedence(step: step) }
  }

  /// A problem made from a checked one.
  init(
    unchecked buffers: [Buffer], precedences: [Precedence], transientBytes: [Int],
    overlaps: [AllowedOverlap]
  ) {
    self.buffers = buffers
    self.precedences = precedences
    self.transientBytes = transientBytes
    self.overlaps = overlaps
    steps = StepGraph(buffers, precedences, stepCount: transientBytes.count)
  }

  private func checkOverlaps() throws(PlanningError) {
    try PlacementProblem.check(overlaps, bufferCount: buffers.count)
    for overlap in overlaps {
      let step = buffers[overlap.first].producer
      guard let step, buffers[overlap.second].consumers.contains(step) else {
        throw .invalidProblem(
          "no step writes buffer \(overlap.first) and reads buffer \(overlap.second)")
      }
    }
  }

  private static func checkRanges(
    _ buffers: [Buffer], _ precedences: [Precedence], _ transientBytes: [Int]
  ) throws(PlanningError) {
    let steps = transientBytes.indices
    var total = 0
    for (index, buffer) in buffers.enumerated() {
      let indices = buffer.consumers + (buffer.producer.map { [$0] } ?? [])
      guard indices.allSatisfy(steps.contains) else {
        throw .invalidProblem("buffer \(index) names a step outside \(steps)")
      }
      total = try sum(total, buffer.size, "buffer \(index)")
    }
    for precedence in precedences {
      guard steps.contains(precedence.before), steps.contains(precedence.after) else {
        throw .invalidProblem("a precedence names a step outside \(steps)")
      }
    }
    for (step, bytes) in transientBytes.enumerated() {
      total = try sum(total, bytes, "step \(step)")
    }
  }

  private static func sum(_ total: Int, _ size: Int, _ owner: String) throws(PlanningError) -> Int {
    guard size >= 0 else { throw .invalidProblem("\(owner) has a negative size") }
    let (sum, overflow) = total.addingReportingOverflow(size)
    guard !overflow else { throw .invalidProblem("\(owner): the sizes add up to more than 2⁶³ bytes") }
    return sum
  }
}

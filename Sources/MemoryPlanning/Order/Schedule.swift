/// An order of all steps and the memory peak it reaches.
package struct Schedule: Sendable, Equatable {
  /// Every step once, each after the steps it waits for.
  package let order: [Int]
  /// The largest number of bytes in use while any step runs.
  package let peakBytes: Int

  package init(order: [Int], peakBytes: Int) {
    self.order = order
    self.peakBytes = peakBytes
  }
}

extension ScheduleProblem {
  /// Bytes in use while each step of an order runs, in that order; bytes that buffers can share count once.
  ///
  /// - Precondition: `order` holds every step once.
  package func liveBytes(along order: [Int]) -> [Int] {
    let graph = StepGraph(self)
    let overlaps = StepOverlaps(self)
    var unread = buffers.map { $0.consumers.count + ($0.isKept ? 1 : 0) }
    var live = bytesLiveThroughout
    var usage: [Int] = []
    usage.reserveCapacity(order.count)
    for step in order {
      for buffer in graph.outputs[step] { live += buffers[buffer].size }
      let shared = overlaps.sharedBytes(at: step) { unread[$0] == 1 }
      usage.append(live + transientBytes[step] - shared)
      for buffer in graph.outputs[step] where unread[buffer] == 0 { live -= buffers[buffer].size }
      for buffer in graph.inputs[step] {
        unread[buffer] -= 1
        if unread[buffer] == 0 { live -= buffers[buffer].size }
      }
    }
    return usage
  }

  /// Bytes live before the first step: buffers without a producer.
  var bytesLiveThroughout: Int {
    buffers.reduce(0) { $0 + ($1.producer == nil ? $1.size : 0) }
  }

  /// The schedule that an order makes, its peak computed from the lifetimes.
  ///
  /// - Precondition: `order` holds every step once.
  package func schedule(_ order: [Int]) -> Schedule {
    Schedule(order: order, peakBytes: liveBytes(along: order).max() ?? bytesLiveThroughout)
  }

  /// Checks a schedule from the definitions alone, in O(steps · buffers).
  ///
  /// - Throws: `PlanningError.invalidAnswer` where a step is missing, repeated or too early, or
  ///   where the peak is not what the order gives.
  package func validate(_ schedule: Schedule) throws(PlanningError) {
    guard schedule.order.sorted() == Array(0..<stepCount) else {
      throw .invalidAnswer("the order does not hold every step once")
    }
    var position = [Int](repeating: 0, count: stepCount)
    for (index, step) in schedule.order.enumerated() { position[step] = index }
    for precedence in precedences where position[precedence.before] >= position[precedence.after] {
      throw .invalidAnswer("step \(precedence.after) runs before step \(precedence.before)")
    }
    var peak = stepCount == 0 ? bytesLiveThroughout : 0
    for (now, step) in schedule.order.enumerated() {
      let overlaps = overlaps.filter { overlap in
        buffers[overlap.first].producer == step && !buffers[overlap.second].isKept
          && buffers[overlap.second].consumers.allSatisfy { position[$0] <= now }
      }
      var bytes = transientBytes[step]
      for written in Set(overlaps.map(\.first)) {
        let read = overlaps.filter { $0.first == written }
        bytes -= AllowedOverlap.mostSharedBytes(
          written: buffers[written].size,
          read: read.map { (buffers[$0.second].size, $0.leastDistance) })
      }
      for buffer in buffers {
        let first = buffer.producer.map { position[$0] } ?? 0
        if let early = buffer.consumers.first(where: { position[$0] <= first && buffer.producer != nil }) {
          throw .invalidAnswer("step \(early) reads a buffer before it is written")
        }
        let readUntil = buffer.consumers.map { position[$0] }.max() ?? first
        let isEndless = buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty)
        if first <= now && (isEndless || now <= readUntil) { bytes += buffer.size }
      }
      peak = max(peak, bytes)
    }
    guard peak == schedule.peakBytes else {
      throw .invalidAnswer("the peak is \(peak) bytes, not \(schedule.peakBytes)")
    }
  }
}

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
    let graph = steps
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

  /// Bytes live behind the last step: buffers that are kept, and those that nothing writes or reads.
  var bytesLiveAtTheEnd: Int {
    buffers.reduce(0) {
      $0 + ($1.isKept || ($1.producer == nil && $1.consumers.isEmpty) ? $1.size : 0)
    }
  }

  /// The schedule that an order makes, its peak computed from the lifetimes.
  ///
  /// - Precondition: `order` holds every step once.
  package func schedule(_ order: [Int]) -> Schedule {
    Schedule(order: order, peakBytes: liveBytes(along: order).max() ?? bytesLiveThroughout)
  }

  /// Checks a schedule with `ScheduleJudge`.
  ///
  /// - Throws: `PlanningError.invalidAnswer` naming the first fault.
  package func validate(_ schedule: Schedule) throws(PlanningError) {
    let fault = ScheduleJudge(self).firstFault(order: schedule.order, peakBytes: schedule.peakBytes)
    if let fault { throw .invalidAnswer(fault) }
  }
}

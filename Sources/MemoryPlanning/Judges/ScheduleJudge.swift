/// Says whether an order obeys a schedule problem and has the peak that is claimed, from the definitions alone.
///
/// O(steps · buffers), and slow on purpose: it shares no code with what finds orders, so that one mistake cannot
/// be in both.
package struct ScheduleJudge {
  private let problem: ScheduleProblem

  package init(_ problem: ScheduleProblem) { self.problem = problem }

  /// The first fault, as a sentence without a full stop; nil where there is none.
  package func firstFault(order: [Int], peakBytes: Int) -> String? {
    var place = [Int?](repeating: nil, count: problem.transientBytes.count)
    for (now, step) in order.enumerated() {
      if step < 0 || step >= place.count { return "there is no step \(step)" }
      if place[step] != nil { return "step \(step) runs twice" }
      place[step] = now
    }
    var position: [Int] = []
    for (step, now) in place.enumerated() {
      guard let now else { return "step \(step) does not run" }
      position.append(now)
    }
    for precedence in problem.precedences where position[precedence.before] >= position[precedence.after] {
      return "step \(precedence.after) runs before step \(precedence.before)"
    }
    for buffer in problem.buffers {
      guard let producer = buffer.producer else { continue }
      for reader in buffer.consumers where position[reader] <= position[producer] {
        return "step \(reader) reads a buffer before it is written"
      }
    }
    var peak = 0
    if order.isEmpty { for buffer in problem.buffers { peak += buffer.size } }
    for now in 0..<order.count {
      let bytes = usage(of: order[now], position)
      if bytes > peak { peak = bytes }
    }
    return peak == peakBytes ? nil : "the peak is \(peak) bytes, not \(peakBytes)"
  }

  /// Bytes in use while a step runs: live buffers and the step's own, less what it writes over what dies.
  private func usage(of step: Int, _ position: [Int]) -> Int {
    var bytes = problem.transientBytes[step]
    for (number, buffer) in problem.buffers.enumerated() {
      let begin = buffer.producer.map { position[$0] } ?? 0
      if position[step] < begin || position[step] > end(of: buffer, position) { continue }
      bytes += buffer.size
      if buffer.producer == step { bytes -= sharedBytes(of: number, at: step, position) }
    }
    return bytes
  }

  /// The last place in the order at which a buffer is needed.
  private func end(of buffer: ScheduleProblem.Buffer, _ position: [Int]) -> Int {
    if buffer.isKept { return .max }
    if buffer.consumers.isEmpty { return buffer.producer.map { position[$0] } ?? .max }
    var end = 0
    for reader in buffer.consumers where position[reader] > end { end = position[reader] }
    return end
  }

  /// The most bytes of a buffer that others can lie under which die in the step that writes it.
  ///
  /// Whatever the offsets: below each byte s of the buffer lie no more bytes than those buffers have that may
  /// start below s. The least of these limits is reached (Reich, "On the integrodifferential equation of
  /// Takács", 1958: the work that a busy server has done).
  private func sharedBytes(of written: Int, at step: Int, _ position: [Int]) -> Int {
    let size = problem.buffers[written].size
    var dying: [(size: Int, least: Int)] = []
    for overlap in problem.overlaps where overlap.first == written {
      let read = problem.buffers[overlap.second]
      if end(of: read, position) != position[step] { continue }
      switch overlap.condition {
      case .equal: dying.append((read.size, 0))
      case .startsBefore(let bytes): dying.append((read.size, bytes))
      }
    }
    var most = size
    for edge in dying.map(\.least) + [size] where edge <= size {
      var below = 0
      for buffer in dying where buffer.least < edge { below += buffer.size }
      if below + size - edge < most { most = below + size - edge }
    }
    return most
  }
}

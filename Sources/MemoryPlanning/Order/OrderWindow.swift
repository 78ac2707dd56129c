/// A stretch of an order as a problem of its own.
struct OrderWindow {
  /// The steps of the whole problem, by the window's own index.
  let steps: [Int]
  let problem: ScheduleProblem
}

/// The steps of an order with what is live at each, and stretches of it as problems.
struct OrderWindows {
  let problem: ScheduleProblem
  let graph: StepGraph
  /// Steps that come before a step in any order.
  let ancestors: [BitSet]
  private(set) var order: [Int]
  private var position: [Int]
  /// The place of the last step that reads a buffer; beyond all where it is kept.
  private var last: [Int]

  init(_ problem: ScheduleProblem, order: [Int]) {
    self.problem = problem
    self.order = order
    graph = problem.steps
    ancestors = graph.ancestors
    position = [Int](repeating: 0, count: order.count)
    for (place, step) in order.enumerated() { position[step] = place }
    last = []
    last = problem.buffers.map(lastPlace)
  }

  /// Where a buffer is read for the last time.
  private func lastPlace(of buffer: ScheduleProblem.Buffer) -> Int {
    if buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty) { return order.count }
    return buffer.consumers.reduce(-1) { max($0, position[$1]) }
  }

  private func begin(of buffer: Int) -> Int { problem.buffers[buffer].producer.map { position[$0] } ?? -1 }

  /// Puts the steps of a window into another order.
  mutating func replace(_ range: Range<Int>, with steps: [Int]) {
    for (place, step) in zip(range, steps) { (order[place], position[step]) = (step, place) }
    for step in steps {
      for buffer in graph.inputs[step] where range.contains(last[buffer]) {
        last[buffer] = lastPlace(of: problem.buffers[buffer])
      }
    }
  }

  /// The problem of the order between two places: its peak is that of the whole there.
  func exact(_ range: Range<Int>) -> OrderWindow {
    window(
      range, passing: { begin(of: $0) < range.lowerBound && last[$0] >= range.upperBound },
      touching: { (last[$0] >= range.upperBound, true) })
  }

  /// A problem whose peak no order of the whole can be below: of the buffers from outside, those that are there before all
  /// of these steps in any order, and kept are those that are read behind all of them in any order.
  func relaxed(_ range: Range<Int>) -> OrderWindow {
    var before = ancestors[order[range.lowerBound]]
    var members = BitSet(capacity: order.count)
    for step in order[range] {
      before.formIntersection(ancestors[step])
      members.insert(step)
    }
    func isBefore(_ buffer: Int) -> Bool {
      problem.buffers[buffer].producer.map(before.contains) ?? true
    }
    func isBehind(_ buffer: Int) -> Bool {
      let buffer = problem.buffers[buffer]
      if buffer.isKept { return true }
      return buffer.consumers.contains { reader in
        if members.contains(reader) { return false }
        var common = ancestors[reader]
        common.formIntersection(members)
        return common == members
      }
    }
    return window(
      range,
      passing: {
        begin(of: $0) < range.lowerBound && last[$0] >= range.upperBound && isBefore($0) && isBehind($0)
      },
      touching: { buffer in
        (last[buffer] >= range.upperBound && isBehind(buffer), isBefore(buffer))
      })
  }

  /// - Parameters:
  ///   - passing: whether a buffer that no step of the window touches is live at all of them.
  ///   - touching: whether a buffer is kept, and whether one from outside is there.
  private func window(
    _ range: Range<Int>, passing: (Int) -> Bool, touching: (Int) -> (isKept: Bool, isThere: Bool)
  ) -> OrderWindow {
    let steps = Array(order[range])
    var number: [Int: Int] = [:]
    var buffers: [ScheduleProblem.Buffer] = []
    for step in steps {
      for buffer in graph.inputs[step] + graph.outputs[step] where number[buffer] == nil {
        let whole = problem.buffers[buffer]
        let (isKept, isThere) = touching(buffer)
        let producer = whole.producer.flatMap { range.contains(position[$0]) ? $0 : nil }
        guard producer != nil || isThere else { continue }
        number[buffer] = buffers.count
        buffers.append(
          .init(
            size: whole.size, producer: producer.map { position[$0] - range.lowerBound },
            consumers: whole.consumers.map { position[$0] }.filter(range.contains)
              .map { $0 - range.lowerBound },
            isKept: isKept))
      }
    }
    let bytes = problem.buffers.indices.reduce(0) { sum, buffer in
      number[buffer] == nil && passing(buffer) ? sum + problem.buffers[buffer].size : sum
    }
    buffers.append(.init(size: bytes, producer: nil, consumers: [], isKept: true))
    let overlaps = problem.overlaps.compactMap { overlap -> AllowedOverlap? in
      guard let first = number[overlap.first], let second = number[overlap.second],
        buffers[first].producer != nil
      else { return nil }
      return AllowedOverlap(first: first, second: second, overlap.condition)
    }
    return OrderWindow(
      steps: steps,
      problem: ScheduleProblem(
        unchecked: buffers, precedences: precedences(among: steps),
        transientBytes: steps.map { problem.transientBytes[$0] }, overlaps: overlaps))
  }

  /// Pairs of steps that come one behind the other in any order, outside of which others may stand between them.
  private func precedences(among steps: [Int]) -> [ScheduleProblem.Precedence] {
    var precedences: [ScheduleProblem.Precedence] = []
    for (after, step) in steps.enumerated() {
      for before in 0..<after where ancestors[step].contains(steps[before]) {
        precedences.append(.init(before: before, after: after))
      }
    }
    return precedences
  }
}

extension ScheduleProblem {
  /// For each buffer, places of an order that follow each other at whose steps it is live in any order: the most there are.
  ///
  /// Two buffers whose stretches meet are live together in every order, so that no placement for any order lets them share
  /// bytes unless they may.
  package func sureLifetimes(along order: [Int]) -> [Range<Int>] {
    let graph = steps
    let (ancestors, descendants) = (graph.ancestors, graph.descendants)
    return buffers.map { buffer in
      var best = 0..<0
      var start = 0
      for (place, step) in order.enumerated() {
        guard isSurelyLive(buffer, at: step, ancestors, descendants) else {
          start = place + 1
          continue
        }
        if place + 1 - start > best.count { best = start..<place + 1 }
      }
      return best
    }
  }

  private func isSurelyLive(
    _ buffer: Buffer, at step: Int, _ ancestors: [BitSet], _ descendants: [BitSet]
  ) -> Bool {
    if let producer = buffer.producer, step != producer, !descendants[producer].contains(step) {
      return false
    }
    if buffer.isKept || (buffer.producer == nil && buffer.consumers.isEmpty) || step == buffer.producer {
      return true
    }
    return buffer.consumers.contains { $0 == step || ancestors[$0].contains(step) }
  }
}

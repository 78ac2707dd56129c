/// Which nodes touched which state last, while a graph's nodes are gone through in the file's order.
struct StateHistory {
  private struct Accesses {
    var writer: NodeID?
    /// Nodes that have read the state since it was written.
    var readers: [NodeID] = []
  }

  private var accesses: [NodeEffects.State: Accesses] = [:]

  /// Notes a node's effects.
  ///
  /// - Returns: the nodes that it must directly follow, ascending.
  mutating func record(_ effects: NodeEffects, of node: NodeID) -> [NodeID] {
    var before: Set<NodeID> = []
    for state in effects.reads { before.formUnion(earlier(state).compactMap(\.writer)) }
    for state in effects.writes {
      for earlier in earlier(state) {
        before.formUnion(earlier.readers)
        if let writer = earlier.writer { before.insert(writer) }
      }
    }
    for state in effects.writes { noteWrite(of: state, by: node) }
    for state in effects.reads.subtracting(effects.writes) {
      accesses[state, default: Accesses()].readers.append(node)
    }
    before.remove(node)
    return before.sorted()
  }

  /// Accesses to all states that may be this one.
  private func earlier(_ state: NodeEffects.State) -> [Accesses] {
    switch state {
    case .unknown: return Array(accesses.values)
    case .anyResource: return accesses.filter { state.mayAlias($0.key) }.map(\.value)
    case .resource, .table: return [state, .anyResource, .unknown].compactMap { accesses[$0] }
    case .variable, .randomGenerator, .handles: return [state, .unknown].compactMap { accesses[$0] }
    }
  }

  /// What came before the write is forgotten: later nodes follow it by following the writer.
  private mutating func noteWrite(of state: NodeEffects.State, by node: NodeID) {
    switch state {
    case .unknown: accesses.removeAll(keepingCapacity: true)
    case .anyResource:
      accesses = accesses.filter { $0.key == .unknown || !state.mayAlias($0.key) }
    case .resource, .table, .variable, .randomGenerator, .handles: break
    }
    accesses[state] = Accesses(writer: node)
  }
}

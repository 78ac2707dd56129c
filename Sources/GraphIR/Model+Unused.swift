import Tensors

/// How much of a model nothing used.
package struct UnusedParts: Sendable, Equatable, CustomStringConvertible {
  package var graphs = 0
  package var values = 0
  package var buffers = 0
  package var operatorCodes = 0

  package init(graphs: Int = 0, values: Int = 0, buffers: Int = 0, operatorCodes: Int = 0) {
    self.graphs = graphs
    self.values = values
    self.buffers = buffers
    self.operatorCodes = operatorCodes
  }

  package var isEmpty: Bool { self == UnusedParts() }

  /// Such as `3 tensors, 1 buffers`.
  package var description: String {
    let counts = [
      (graphs, "subgraphs"), (values, "tensors"), (buffers, "buffers"), (operatorCodes, "operator codes"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

extension Model {
  /// Drops subgraphs, values, buffers and operator codes that nothing uses, and numbers the rest anew:
  /// operands, ports, signatures, calls.
  ///
  /// Values that nodes, ports or signatures name stay, and so does buffer 0, which means "no data".
  /// Nodes stay: whether one is needed depends on its effects. Metadata that name tensors by numbers which are
  /// no longer theirs go.
  ///
  /// - Returns: how many of each were dropped.
  package mutating func removeUnused() -> UnusedParts {
    var removed = UnusedParts()
    removed.graphs = removeUncalledGraphs()
    for index in graphs.indices { removed.values += removeUnusedValues(GraphID(index)) }
    if removed.graphs + removed.values > 0 { dropMetadataByNumber() }
    removed.buffers = removeUnusedBuffers()
    removed.operatorCodes = removeUnusedCodes()
    return removed
  }

  /// Keeps what the main graph and the signatures' graphs reach through calls.
  private mutating func removeUncalledGraphs() -> Int {
    // What an unknown operator calls, nobody knows.
    let isOpaque = graphs.contains { graph in
      graph.nodes.contains { !$0.code.builtin.isKnown || $0.code.builtin == .delegate }
    }
    guard graphs.count > 1, !isOpaque else { return 0 }
    var isReached = [Bool](repeating: false, count: graphs.count)
    var open = [GraphID(0)] + (signatures ?? []).map(\.graph)
    while let graph = open.popLast() {
      guard graphs.indices.contains(graph.index), !isReached[graph.index] else { continue }
      isReached[graph.index] = true
      open += graphs[graph.index].nodes.flatMap(\.calledGraphs)
    }
    guard isReached.contains(false) else { return 0 }
    let numbers = Self.numbers(isReached)
    graphs = zip(graphs, isReached).filter(\.1).map(\.0)
    for graph in graphs.indices {
      for node in graphs[graph].nodes.indices {
        graphs[graph].nodes[node].renumberCalls { GraphID(numbers[$0.index] ?? $0.index) }
      }
    }
    signatures = signatures?.map { signature in
      var signature = signature
      signature.graph = GraphID(numbers[signature.graph.index] ?? signature.graph.index)
      return signature
    }
    return isReached.count { !$0 }
  }

  private mutating func removeUnusedValues(_ id: GraphID) -> Int {
    var graph = graphs[id.index]
    var isUsed = [Bool](repeating: false, count: graph.values.count)
    for node in graph.nodes {
      let operands = node.inputs + (node.intermediates ?? [])
      for value in operands.compactMap(\.self) + node.outputs { isUsed[value.index] = true }
    }
    for value in (graph.inputs + graph.outputs).compactMap(\.self) { isUsed[value.index] = true }
    for signature in signatures ?? [] where signature.graph == id {
      for binding in (signature.inputs ?? []) + (signature.outputs ?? []) {
        isUsed[binding.value.index] = true
      }
    }
    guard isUsed.contains(false) else { return 0 }
    let numbers = Self.numbers(isUsed)
    func renumbered(_ value: ValueID) -> ValueID { ValueID(numbers[value.index] ?? value.index) }
    graph.values = zip(graph.values, isUsed).filter(\.1).map(\.0)
    graph.inputs = graph.inputs.map { $0.map(renumbered) }
    graph.outputs = graph.outputs.map { $0.map(renumbered) }
    for index in graph.nodes.indices {
      graph.nodes[index].inputs = graph.nodes[index].inputs.map { $0.map(renumbered) }
      graph.nodes[index].outputs = graph.nodes[index].outputs.map(renumbered)
      graph.nodes[index].intermediates = graph.nodes[index].intermediates?.map { $0.map(renumbered) }
    }
    graphs[id.index] = graph
    signatures = signatures?.map { signature in
      guard signature.graph == id else { return signature }
      var signature = signature
      signature.inputs = signature.inputs?.map { .init(name: $0.name, value: renumbered($0.value)) }
      signature.outputs = signature.outputs?.map { .init(name: $0.name, value: renumbered($0.value)) }
      return signature
    }
    return isUsed.count { !$0 }
  }

  private mutating func removeUnusedBuffers() -> Int {
    var used: Set<ObjectIdentifier> = []
    for value in graphs.lazy.flatMap(\.values) { used.insert(ObjectIdentifier(value.data)) }
    for entry in metadata ?? [] { used.insert(ObjectIdentifier(entry.data)) }
    for data in metadataBuffers ?? [] { used.insert(ObjectIdentifier(data)) }
    let count = buffers.count
    buffers = buffers.enumerated().filter { index, data in
      index == 0 || used.contains(ObjectIdentifier(data))
    }.map(\.element)
    return count - buffers.count
  }

  private mutating func removeUnusedCodes() -> Int {
    let used = Set(graphs.lazy.flatMap(\.nodes).map(\.code))
    let count = operatorCodes.count
    var kept: [OperatorCode] = []
    for code in operatorCodes where used.contains(code) && !kept.contains(code) { kept.append(code) }
    guard kept.count < count else { return 0 }
    operatorCodes = kept
    for graph in graphs.indices {
      for node in graphs[graph].nodes.indices { graphs[graph].nodes[node].codeIndex = nil }
    }
    return count - kept.count
  }

  /// New indices of what is kept, by old index.
  private static func numbers(_ isKept: [Bool]) -> [Int?] {
    var next = 0
    return isKept.map { isKept in
      defer { next += isKept ? 1 : 0 }
      return isKept ? next : nil
    }
  }
}

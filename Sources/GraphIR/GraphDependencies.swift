/// Which nodes of a graph must come before which: data edges, and edges between effects.
package struct GraphDependencies: Sendable {
  /// The node that writes a value, by value.
  package let producers: [NodeID?]
  /// Nodes that read a value, ascending, each once, by value.
  package let consumers: [[NodeID]]
  /// Pairs that must keep the file's order though no data flows between them; what follows from other
  /// pairs is left out.
  package let orderings: [Ordering]
  /// Whether a value is the same in every run: stored in the file, or computed from such values by
  /// nodes without effects; but not by DECODE, which is there to take memory while its reader runs only.
  package let isFixed: [Bool]

  package struct Ordering: Hashable, Sendable {
    package let before: NodeID
    package let after: NodeID

    package init(before: NodeID, after: NodeID) {
      self.before = before
      self.after = after
    }
  }

  /// - Parameter effects: effects of the graph's nodes, as `EffectAnalysis` finds them.
  package init(_ graph: Graph, effects: [NodeEffects]) {
    var producers = [NodeID?](repeating: nil, count: graph.values.count)
    var consumers = [[NodeID]](repeating: [], count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for value in node.outputs { producers[value.index] = NodeID(index) }
      for value in Set(node.inputs.compactMap(\.self)).sorted() {
        consumers[value.index].append(NodeID(index))
      }
    }
    self.producers = producers
    self.consumers = consumers
    orderings = Self.orderings(effects)
    isFixed = Self.fixedValues(graph, effects: effects)
  }

  private static func orderings(_ effects: [NodeEffects]) -> [Ordering] {
    var orderings: [Ordering] = []
    var history = StateHistory()
    for (index, node) in effects.enumerated() where !node.isPure {
      let after = NodeID(index)
      orderings += history.record(node, of: after).map { Ordering(before: $0, after: after) }
    }
    return orderings
  }

  private static func fixedValues(_ graph: Graph, effects: [NodeEffects]) -> [Bool] {
    var isFixed = graph.values.map { $0.isConstant && !$0.isVariable }
    for (index, node) in graph.nodes.enumerated() {
      let isComputedFromFixed =
        effects[index].isPure && node.calledGraphs.isEmpty && node.code.builtin != .varHandle
        && !node.code.isDecode
        && node.inputs.allSatisfy { $0.map { isFixed[$0.index] } ?? true }
      if isComputedFromFixed && !node.inputs.isEmpty {
        for value in node.outputs { isFixed[value.index] = true }
      }
    }
    return isFixed
  }
}

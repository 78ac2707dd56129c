import GraphIR
import Tensors

/// Decides which nodes of a float graph compute with integers.
struct NodePrecisions {
  /// The activation type of each node; nil where it stays as it is.
  private(set) var types: [ElementType?]
  /// Nodes that touch float numbers and have to stay float, and why.
  private(set) var refusals: [(node: NodeID, reason: String)] = []
  /// Nodes that become tables: float between conversions until the model is written.
  private(set) var tabulated: Set<NodeID> = []
  private let graph: Graph

  /// - Parameters:
  ///   - joined: the graph, with those of its loops.
  ///   - type: the wanted activation type.
  ///   - exceptions: other types of single nodes; a nil type keeps the node float.
  ///   - variables: of the graph's model.
  init(
    _ joined: JoinedGraph, type: ElementType, exceptions: [NodeID: ElementType?], variables: VariableUses
  ) {
    let graph = joined.graph
    self.graph = graph
    types = []
    for (index, node) in graph.nodes.enumerated() {
      guard Self.touchesFloats(node, graph) else {
        types.append(nil)
        continue
      }
      let id = NodeID(index)
      let wanted = exceptions[id] ?? type
      guard let wanted else {
        types.append(nil)
        continue
      }
      let own =
        joined.isCalled(id) && node.passFacts?.recurrence != nil ? "it keeps state, and a loop calls it" : nil
      let reason = variables.refusals[id] ?? own ?? Self.refusal(node, graph, wanted)
      if reason != nil, wanted == .int8, NumberFunction.isTabulated(node, in: graph) {
        tabulated.insert(id)
        types.append(nil)
      } else if let reason {
        refusals.append((id, reason))
        types.append(nil)
      } else {
        types.append(wanted)
      }
    }
    growTables()
    for nodes in variables.nodes { share(nodes) }
    for loop in joined.loops {
      share(
        [loop.node, loop.bodyEnd, loop.conditionEnd].filter { Self.touchesFloats(graph[$0], graph) })
    }
  }

  /// As the options of quantization say.
  ///
  /// - Parameter exceptions: types of single nodes besides, or in place of, those of the options.
  init(
    _ joined: JoinedGraph, _ options: QuantizeIntegers.Options,
    adding exceptions: [NodeID: ElementType?] = [:],
    variables: VariableUses
  ) {
    var all = options.exceptions.mapValues { $0?.elementType }
    for (node, type) in exceptions { all[node] = type }
    self.init(joined, type: options.scheme.elementType, exceptions: all, variables: variables)
    if options.allowsFloatFallback { relaxMovements(portsAreFloat: options.keepsFloatPorts) }
  }

  /// Lets tables take in what else is a function of the same tensor, where that makes no table more: each keeps a rounding.
  private mutating func growTables() {
    guard !tabulated.isEmpty else { return }
    for (_, nodes) in NumberFunction.families(of: graph).sorted(by: { $0.key < $1.key }) {
      let members = Set(nodes)
      let count = nodes.count { tabulated.contains($0) }
      let outside = Set(
        graph.nodes.indices.filter { !members.contains(NodeID($0)) }
          .flatMap { graph.nodes[$0].inputs.compactMap(\.self) } + graph.outputs.compactMap(\.self))
      let ends = nodes.count { graph[$0].outputs.contains(where: outside.contains) }
      guard count > 0, ends <= count,
        nodes.allSatisfy({ types[$0.index] == .int8 || tabulated.contains($0) })
      else { continue }
      for node in nodes {
        types[node.index] = nil
        tabulated.insert(node)
      }
    }
  }

  /// Gives nodes of one variable one type: float where one is, else the narrower.
  private mutating func share(_ nodes: [NodeID]) {
    let found = nodes.map { types[$0.index] }
    guard let first = found.first, found.contains(where: { $0 != first }) else { return }
    for node in nodes { types[node.index] = found.contains(nil) ? nil : .int8 }
  }

  private static func touchesFloats(_ node: Node, _ graph: Graph) -> Bool {
    (node.inputs.compactMap(\.self) + node.outputs).contains { graph[$0].elementType == .float32 }
  }

  /// Why a node cannot compute with a type; nil where it can.
  static func refusal(_ node: Node, _ graph: Graph, _ type: ElementType) -> String? {
    guard node.calledGraphs.isEmpty else { return "the subgraphs that it calls stay float" }
    let rule: QuantizationRule
    switch node.passFacts?.quantization ?? .noKernel {
    case .rule(let own): rule = own
    case .none(let reason): return reason
    }
    guard rule.types.contains(type) else { return "its integer kernel takes no \(type)" }
    guard node.inputs.allSatisfy({ $0.map { graph[$0].attachments.sparsity == nil } ?? true }) else {
      return "a constant is sparse"
    }
    return rule.refusal(node, graph)
  }

  /// Keeps nodes that only move numbers float where all around them is float.
  ///
  /// - Parameter portsAreFloat: whether the graph's inputs and outputs are float.
  mutating func relaxMovements(portsAreFloat: Bool) {
    var isChanged = true
    while isChanged {
      isChanged = false
      for (index, node) in graph.nodes.enumerated()
      where types[index] != nil && node.passFacts?.movement.isOnlyMovement == true {
        if neighbours(of: node, portsAreFloat).allSatisfy({ $0 == nil }) {
          types[index] = nil
          isChanged = true
        }
      }
    }
  }

  /// The types of the nodes before and behind a node, and of the ports that it touches.
  private func neighbours(of node: Node, _ portsAreFloat: Bool) -> [ElementType?] {
    let inputs = node.inputs.compactMap(\.self).filter {
      graph[$0].elementType == .float32 && !graph[$0].isConstant
    }
    let outputs = node.outputs.filter { graph[$0].elementType == .float32 }
    let port: ElementType? = portsAreFloat ? nil : .int8
    var found: [ElementType?] = []
    for (index, other) in graph.nodes.enumerated() {
      let type = types[index] ?? (tabulated.contains(NodeID(index)) ? .int8 : nil)
      if other.outputs.contains(where: inputs.contains) { found.append(type) }
      if other.inputs.contains(where: { $0.map(outputs.contains) ?? false }) { found.append(type) }
    }
    if inputs.contains(where: { graph.inputs.contains($0) })
      || outputs.contains(where: { graph.outputs.contains($0) })
    {
      found.append(port)
    }
    return found
  }
}

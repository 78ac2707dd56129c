import GraphIR
import Tensors

/// Operators that gain from more bits only together.
struct PreciseUnit: Sendable {
  /// By the operators' numbers; nil keeps one float.
  let types: [(node: NodeID, type: ElementType?)]

  /// The candidates of a graph: for each activation those that write it and read it at 16 bits, and, where
  /// allowed, each layer with weights float.
  ///
  /// An activation is rounded once more wherever it changes its type, so that one operator at 16 bits between
  /// others at 8 gains nothing. Activations that an operator only passes on go together.
  static func all(
    _ graph: Graph, _ precisions: NodePrecisions, variables: [[NodeID]], allowsFloat: Bool,
    portsAreFloat: Bool
  ) -> [PreciseUnit] {
    var sets = ValueSets(graph.values.count)
    let nodes = graph.nodes.indices.filter { precisions.types[$0] == .int8 }
    for index in nodes where passesOn(graph.nodes[index]) {
      let values = activations(graph.nodes[index], graph)
      for value in values.dropFirst() { sets.unite(values[0], value) }
    }
    for nodes in variables {
      let values = nodes.compactMap { VariableUses.value(of: graph[$0])?.index }
      for value in values.dropFirst() { sets.unite(values[0], value) }
    }
    var users = [[NodeID]](repeating: [], count: graph.values.count)
    for index in nodes {
      let id = NodeID(index)
      for root in activations(graph.nodes[index], graph).map({ sets.root($0) })
      where users[root].last != id { users[root].append(id) }
    }
    let fixed = portsAreFloat ? [] : Set(graph.inputs.compactMap(\.self).map { sets.root($0.index) })
    var units: [PreciseUnit] = []
    for root in graph.values.indices where !fixed.contains(root) {
      let wide = users[root].filter { NodePrecisions.refusal(graph[$0], graph, .int16) == nil }
      if wide.count > 1 || portsAreFloat && !wide.isEmpty {
        units.append(PreciseUnit(types: wide.map { ($0, .int16) }))
      }
    }
    guard allowsFloat else { return units }
    for index in nodes where graph.nodes[index].passFacts?.layer != nil {
      units.append(PreciseUnit(types: [(NodeID(index), nil)]))
    }
    return units
  }

  private static func passesOn(_ node: Node) -> Bool {
    let sharing = node.passFacts?.quantizationRule?.sharing
    return sharing == .passage || sharing == .all
  }

  /// Float operands that are neither constant nor state.
  private static func activations(_ node: Node, _ graph: Graph) -> [Int] {
    (node.outputs + node.inputs.compactMap(\.self)).filter {
      graph[$0].elementType == .float32 && !graph[$0].isConstant && !graph[$0].isVariable
    }.map(\.index)
  }
}

/// Values as sets that grow together (union-find); a set goes by its smallest member.
private struct ValueSets {
  private var parents: [Int]

  init(_ count: Int) { parents = Array(0..<count) }

  func root(_ value: Int) -> Int {
    var value = value
    while parents[value] != value { value = parents[value] }
    return value
  }

  mutating func unite(_ first: Int, _ second: Int) {
    let (left, right) = (root(first), root(second))
    parents[max(left, right)] = min(left, right)
  }
}

/// One subgraph: an operator DAG as a value.
///
/// `nodes` stand in execution order. `NodeID` and `ValueID` are indices into the arrays. A graph is made whole
/// and then changes by edits only; see `GraphEdit`.
package struct Graph: Sendable {
  package internal(set) var name: String?
  package internal(set) var nodes: [Node]
  package internal(set) var values: [Value]
  /// nil entries are absent optional inputs (index −1 in the file).
  package internal(set) var inputs: [ValueID?]
  package internal(set) var outputs: [ValueID?]
  package internal(set) var debugMetadataIndex: Int32
  /// Empty lists that the file leaves out.
  package internal(set) var omittedLists: OmittedLists

  package init(
    name: String? = nil, nodes: [Node], values: [Value], inputs: [ValueID?], outputs: [ValueID?],
    debugMetadataIndex: Int32 = -1, omittedLists: OmittedLists = []
  ) {
    self.name = name
    self.nodes = nodes
    self.values = values
    self.inputs = inputs
    self.outputs = outputs
    self.debugMetadataIndex = debugMetadataIndex
    self.omittedLists = omittedLists
  }

  package internal(set) subscript(id: NodeID) -> Node {
    get { nodes[id.index] }
    set { nodes[id.index] = newValue }
  }

  package internal(set) subscript(id: ValueID) -> Value {
    get { values[id.index] }
    set { values[id.index] = newValue }
  }
}

extension Graph {
  /// A value's name, or its position where it has none: `tensor 3`.
  package func name(of id: ValueID) -> String {
    let name = self[id].name ?? ""
    return name.isEmpty ? "tensor \(id.index)" : name
  }

  /// A value by position and name: `tensor 3 'conv/Relu'`; without a name, `tensor 3`.
  package func title(of id: ValueID) -> String {
    let name = self[id].name ?? ""
    return "tensor \(id.index)" + (name.isEmpty ? "" : " '\(name)'")
  }
}

extension Graph {
  /// An operator by position and name: `operator 12 (CONV_2D)`.
  package func title(of id: NodeID) -> String { id.title(self[id].code.name) }
}

extension NodeID {
  /// The operator at the position, of that name: `operator 12 (CONV_2D)`.
  package func title(_ operatorName: String) -> String { "operator \(index) (\(operatorName))" }
}

/// Lists that a file leaves out instead of storing them empty; a list with entries is always stored.
package struct OmittedLists: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let inputs = OmittedLists(rawValue: 1)
  package static let outputs = OmittedLists(rawValue: 2)
  package static let tensors = OmittedLists(rawValue: 4)
  package static let operators = OmittedLists(rawValue: 8)
}

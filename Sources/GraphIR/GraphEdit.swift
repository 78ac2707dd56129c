import Tensors

/// A change of one graph as a value: what to add, replace, remove and rewire.
///
/// Values are only added and changed, so that their IDs stay; nodes are numbered anew when the edit is
/// applied. What an edit leaves without use stays in the graph until `Model.removeUnused` drops it. An edit of
/// any number of parts is applied in one walk.
package struct GraphEdit: Sendable {
  /// What the edit does, for the log: a sentence without a full stop; empty where nobody logs it.
  package let summary: String
  /// The graph as it is before the edit.
  package let graph: Graph
  package var name: String?
  package var debugMetadataIndex: Int32
  package var inputs: [ValueID?]
  package var outputs: [ValueID?]
  /// Values to append.
  package private(set) var addedValues: [Value] = []
  package private(set) var changedValues: [ValueID: Value] = [:]
  package private(set) var removedNodes: Set<NodeID> = []
  package private(set) var replacedNodes: [NodeID: Node] = [:]
  /// Nodes to insert, each before a node of the graph, in order; before the end for one past the last.
  package private(set) var insertedNodes: [Insertion] = []
  /// Values of which nodes read another one instead.
  package private(set) var redirects: [ValueID: ValueID] = [:]

  package struct Insertion: Sendable {
    package let node: Node
    package let position: NodeID
  }

  /// An edit of a graph, and of no other one.
  package init(of graph: Graph, _ summary: String = "") {
    self.summary = summary
    self.graph = graph
    name = graph.name
    debugMetadataIndex = graph.debugMetadataIndex
    inputs = graph.inputs
    outputs = graph.outputs
  }

  /// A value as the edit leaves it: one of the graph or an added one.
  package subscript(id: ValueID) -> Value {
    get {
      let count = graph.values.count
      return id.index < count ? changedValues[id] ?? graph[id] : addedValues[id.index - count]
    }
    set {
      let count = graph.values.count
      if id.index < count { changedValues[id] = newValue } else { addedValues[id.index - count] = newValue }
    }
  }

  /// A node of the graph as the edit leaves it, under the number that it has before.
  package subscript(id: NodeID) -> Node {
    get { replacedNodes[id] ?? graph[id] }
    set { replacedNodes[id] = newValue }
  }

  /// Adds a value.
  ///
  /// - Returns: the ID that it will have.
  package mutating func add(_ value: Value) -> ValueID {
    addedValues.append(value)
    return ValueID(graph.values.count + addedValues.count - 1)
  }

  package mutating func remove(_ node: NodeID) { removedNodes.insert(node) }

  /// Inserts a node before one of the graph; before the end where the position is one past the last.
  package mutating func insert(_ node: Node, before position: NodeID) {
    insertedNodes.append(Insertion(node: node, position: position))
  }

  /// Puts the nodes into another order.
  ///
  /// - Parameter order: every node of the graph once.
  package mutating func reorder(_ order: [NodeID]) {
    precondition(order.map(\.index).sorted() == Array(graph.nodes.indices), "an order holds every node once")
    for (position, id) in order.enumerated() where position != id.index {
      self[NodeID(position)] = graph[id]
    }
  }

  /// Lets every node that reads a value read another one. Outputs of the graph stay what they are.
  package mutating func redirect(_ value: ValueID, to other: ValueID) { redirects[value] = other }

  /// What is read in place of a value, through redirects of redirects.
  fileprivate func target(of value: ValueID) -> ValueID {
    var target = value
    for _ in 0..<redirects.count {
      guard let next = redirects[target] else { break }
      target = next
    }
    return target
  }

  /// Nodes that the edit brings in.
  package var newNodes: [Node] {
    replacedNodes.keys.sorted().compactMap { replacedNodes[$0] } + insertedNodes.map(\.node)
  }

  fileprivate func check(_ graph: Graph) {
    let valueCount = self.graph.values.count
    precondition(
      graph.values.count == valueCount && graph.nodes.count == self.graph.nodes.count,
      "an edit is applied to the graph it was made for")
    let nodes = removedNodes.union(replacedNodes.keys)
    precondition(nodes.allSatisfy { graph.nodes.indices.contains($0.index) }, "an edited node exists")
    precondition(removedNodes.isDisjoint(with: replacedNodes.keys), "a node is removed or replaced, not both")
    precondition(
      insertedNodes.allSatisfy { (0...graph.nodes.count).contains($0.position.index) },
      "an inserted node has a place")
    precondition(changedValues.keys.allSatisfy { $0.index < valueCount }, "a changed value exists")
  }
}

extension Graph {
  /// Makes an edit: the one place where nodes and values change together.
  ///
  /// - Precondition: the edit was made for this graph as it is, and names nodes and values that it has.
  package mutating func apply(_ edit: GraphEdit) {
    edit.check(self)
    (name, debugMetadataIndex) = (edit.name, edit.debugMetadataIndex)
    (inputs, outputs) = (edit.inputs, edit.outputs)
    for (id, value) in edit.changedValues { self[id] = value }
    if !edit.addedValues.isEmpty { values += edit.addedValues }
    if edit.removedNodes.isEmpty && edit.insertedNodes.isEmpty {
      for (id, node) in edit.replacedNodes { self[id] = node }
    } else {
      nodes = edit.nodes
    }
    guard !edit.redirects.isEmpty else { return }
    for index in nodes.indices { nodes[index].inputs = nodes[index].inputs.map { $0.map(edit.target) } }
  }

  /// The graph with an edit made.
  package func applying(_ edit: GraphEdit) -> Graph {
    var result = self
    result.apply(edit)
    return result
  }
}

extension GraphEdit {
  /// The nodes that stay, those that replace others and those inserted, in their new order.
  fileprivate var nodes: [Node] {
    var insertions: [NodeID: [Node]] = [:]
    for insertion in insertedNodes { insertions[insertion.position, default: []].append(insertion.node) }
    var edited: [Node] = []
    edited.reserveCapacity(graph.nodes.count + insertedNodes.count)
    for index in 0...graph.nodes.count {
      let id = NodeID(index)
      edited += insertions[id] ?? []
      guard index < graph.nodes.count, !removedNodes.contains(id) else { continue }
      edited.append(replacedNodes[id] ?? graph.nodes[index])
    }
    return edited
  }

  /// Whether a plan of memory may no longer fit behind the edit: numbers, order, operands, types or sizes change.
  var movesMemory: Bool {
    if !addedValues.isEmpty || !removedNodes.isEmpty || !insertedNodes.isEmpty || !redirects.isEmpty {
      return true
    }
    if inputs != graph.inputs || outputs != graph.outputs { return true }
    if replacedNodes.contains(where: { $1 != graph[$0] }) { return true }
    return changedValues.contains { !$1.isStoredAlike(graph[$0]) }
  }
}

extension Value {
  /// Whether a device keeps the value in the same way as another one, whatever its name and numbers.
  fileprivate func isStoredAlike(_ other: Value) -> Bool {
    elementType == other.elementType && dimensions == other.dimensions && isVariable == other.isVariable
      && isConstant == other.isConstant
  }
}

/// A change of one graph as a value: what to add, replace, remove and rewire.
///
/// Values are only added and changed, so that their IDs stay; nodes are numbered anew when the edit is
/// applied. What an edit leaves without use stays in the graph until `Model.removeUnused` drops it.
package struct GraphEdit: Sendable {
  /// What the edit does, for the log: a sentence without a full stop.
  package let summary: String
  /// Values to append.
  package private(set) var addedValues: [Value] = []
  package private(set) var changedValues: [ValueID: Value] = [:]
  package private(set) var removedNodes: Set<NodeID> = []
  package private(set) var replacedNodes: [NodeID: Node] = [:]
  /// Nodes to insert, each before a node of the graph, in order; before the end for one past the last.
  package private(set) var insertedNodes: [Insertion] = []
  /// Values of which nodes read another one instead.
  package private(set) var redirects: [ValueID: ValueID] = [:]
  private let valueCount: Int

  package struct Insertion: Sendable {
    package let node: Node
    package let position: NodeID
  }

  /// An edit of a graph, and of no other one.
  package init(of graph: Graph, _ summary: String) {
    self.summary = summary
    valueCount = graph.values.count
  }

  /// Adds a value.
  ///
  /// - Returns: the ID that it will have.
  package mutating func add(_ value: Value) -> ValueID {
    addedValues.append(value)
    return ValueID(valueCount + addedValues.count - 1)
  }

  /// Changes a value that the graph has: its shape, its data, its quantization.
  package mutating func change(_ id: ValueID, to value: Value) { changedValues[id] = value }

  package mutating func remove(_ node: NodeID) { removedNodes.insert(node) }

  package mutating func replace(_ node: NodeID, with replacement: Node) {
    replacedNodes[node] = replacement
  }

  /// Inserts a node before one of the graph; before the end where the position is one past the last.
  package mutating func insert(_ node: Node, before position: NodeID) {
    insertedNodes.append(Insertion(node: node, position: position))
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
    precondition(graph.values.count == valueCount, "an edit is applied to the graph it was made for")
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
    values += edit.addedValues
    for id in edit.changedValues.keys.sorted() {
      if let value = edit.changedValues[id] { self[id] = value }
    }
    var insertions: [NodeID: [Node]] = [:]
    for insertion in edit.insertedNodes { insertions[insertion.position, default: []].append(insertion.node) }
    var edited: [Node] = []
    edited.reserveCapacity(nodes.count + edit.insertedNodes.count)
    for index in 0...nodes.count {
      let id = NodeID(index)
      edited += insertions[id] ?? []
      guard index < nodes.count, !edit.removedNodes.contains(id) else { continue }
      edited.append(edit.replacedNodes[id] ?? nodes[index])
    }
    if !edit.redirects.isEmpty {
      for index in edited.indices {
        edited[index].inputs = edited[index].inputs.map { $0.map(edit.target) }
      }
    }
    nodes = edited
  }
}

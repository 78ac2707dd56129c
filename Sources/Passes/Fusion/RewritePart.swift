import GraphIR

/// Some nodes of a large graph with what they read and write, as a graph that rules rewrite on its own.
///
/// What other nodes write or read is a port, so that a part keeps its meaning for them. Nodes that have effects or
/// call graphs are in no part: rules see them in the whole graph only.
struct RewritePart {
  /// The values of the whole graph, by number in the part; those that edits have added follow.
  let values: [ValueID]
  /// The node of the whole graph in whose place each node of the part stands.
  private(set) var places: [Int]
  /// Values of the whole graph that edits have changed, by number in the part.
  private(set) var changedValues: Set<ValueID> = []
  private(set) var isChanged = false
  /// The nodes of the whole graph that the part was made of.
  let nodes: [NodeID]
  private let start: Graph

  /// - Parameter nodes: ascending.
  init(_ nodes: [NodeID], of whole: RewriteContext) {
    var values: [ValueID] = []
    var numbers: [ValueID: ValueID] = [:]
    for id in nodes {
      let node = whole.graph[id]
      let operands = (node.inputs + (node.intermediates ?? [])).compactMap(\.self) + node.outputs
      for value in operands where numbers[value] == nil {
        numbers[value] = ValueID(values.count)
        values.append(value)
      }
    }
    self.nodes = nodes
    self.values = values
    places = nodes.map(\.index)
    start = Graph(
      nodes: nodes.map { whole.graph[$0].renumbered { numbers[$0] ?? $0 } },
      values: values.map { whole.graph[$0] }, inputs: [], outputs: [])
  }

  func context(_ whole: RewriteContext, _ holders: [ObjectIdentifier: Int]) -> RewriteContext {
    let members = Set(nodes)
    let isPort = values.map { value in
      whole.isPort[value.index] || whole.producers[value.index].map { !members.contains($0) } ?? false
        || whole.consumers[value.index].contains { !members.contains($0) }
    }
    return RewriteContext(
      start, whole.graphID, isPort: isPort, effects: nodes.map { whole.effects[$0.index] }, holders: holders,
      numbers: places)
  }

  /// Makes an edit and lets the context follow.
  ///
  /// - Returns: false where the edit needs the whole graph: it brings in nodes that may have effects.
  mutating func follow(_ edit: GraphEdit, _ context: inout RewriteContext) -> Bool {
    let read = edit.newNodes.flatMap { $0.inputs.compactMap(\.self) + $0.outputs } + edit.redirects.values
    let isPlain = edit.newNodes.allSatisfy {
      $0.code.builtin.isKnown && $0.code.builtin != .custom && $0.calledGraphs.isEmpty
    }
    guard isPlain, !read.contains(where: { edit[$0].isVariable }), edit.inputs.isEmpty, edit.outputs.isEmpty
    else { return false }
    places = edit.places(places)
    changedValues.formUnion(edit.changedValues.keys)
    isChanged = true
    let edited = context.graph.applying(edit)
    context.follow(
      edit, to: edited, effects: edited.nodes.map { _ in NodeEffects() }, numbers: places)
    return true
  }

  /// Groups of nodes that are near each other in the graph: along the readers of what they write.
  static func groups(of whole: RewriteContext, size: Int) -> [[NodeID]] {
    let count = whole.graph.nodes.count
    var isLeft = (0..<count).map { index in
      whole.effects[index].isPure && whole.graph.nodes[index].calledGraphs.isEmpty
    }
    var order: [NodeID] = []
    for start in 0..<count where isLeft[start] {
      var open = [NodeID(start)]
      while let node = open.popLast() {
        guard isLeft[node.index] else { continue }
        isLeft[node.index] = false
        order.append(node)
        for output in whole.graph[node].outputs { open += whole.consumers[output.index].reversed() }
      }
    }
    return stride(from: 0, to: order.count, by: size).map {
      order[$0..<min($0 + size, order.count)].sorted()
    }
  }
}

extension GraphEdit {
  /// Where the nodes behind the edit stand, if those before it stand at places: new ones where the next one does.
  fileprivate func places(_ old: [Int]) -> [Int] {
    var insertions: [NodeID: Int] = [:]
    for insertion in insertedNodes { insertions[insertion.position, default: 0] += 1 }
    var places: [Int] = []
    for index in 0...graph.nodes.count {
      let place = index < old.count ? old[index] : old.last ?? 0
      places += [Int](repeating: place, count: insertions[NodeID(index)] ?? 0)
      if index < graph.nodes.count, !removedNodes.contains(NodeID(index)) { places.append(place) }
    }
    return places
  }
}

extension Node {
  /// The node with other numbers of its values.
  fileprivate func renumbered(_ number: (ValueID) -> ValueID) -> Node {
    var copy = self
    copy.inputs = inputs.map { $0.map(number) }
    copy.outputs = outputs.map(number)
    copy.intermediates = intermediates?.map { $0.map(number) }
    return copy
  }
}

/// Gathers parts of a graph that have been rewritten.
struct RewriteParts {
  private let before: Graph
  /// The nodes that stand at each place of the graph.
  private var nodes: [[Node]]
  private var values: [Value]
  private var isChanged = false

  init(_ graph: Graph) {
    before = graph
    nodes = graph.nodes.map { [$0] }
    values = graph.values
  }

  /// The graph with all parts in it; nil where none has changed.
  var graph: Graph? {
    guard isChanged else { return nil }
    return Graph(
      name: before.name, nodes: nodes.flatMap(\.self), values: values, inputs: before.inputs,
      outputs: before.outputs, debugMetadataIndex: before.debugMetadataIndex,
      omittedLists: before.omittedLists)
  }

  /// - Parameter graph: what has become of the part.
  mutating func add(_ part: RewritePart, _ graph: Graph) {
    isChanged = true
    let added = values.count - part.values.count
    for value in part.changedValues { values[part.values[value.index].index] = graph[value] }
    values += graph.values[part.values.count...]
    for id in part.nodes { nodes[id.index] = [] }
    for (node, place) in zip(graph.nodes, part.places) {
      nodes[place].append(
        node.renumbered {
          $0.index < part.values.count ? part.values[$0.index] : ValueID(added + $0.index)
        })
    }
  }
}

import GraphIR
import Tensors

/// The main graph and the bodies and conditions of its loops as one graph, so that what loops hand on can be stored alike
/// everywhere.
///
/// Values and nodes of the main graph come first, under their numbers. Each part ends with a node of no operator, which reads
/// the outputs of a called graph and writes its inputs: from turn to turn one becomes the other.
struct JoinedGraph: Sendable {
  let graph: Graph
  let loops: [Loop]
  private var parts: [Part]

  /// A loop by its nodes in the joined graph.
  struct Loop: Sendable {
    let node: NodeID
    let conditionEnd: NodeID
    let bodyEnd: NodeID
  }

  /// One graph of the model.
  private struct Part: Sendable {
    let id: GraphID
    /// Its values' numbers.
    let values: Range<Int>
    let source: Graph
    /// Its loops as they stand in it.
    let calls: [Node]
  }

  /// - Returns: the main graph alone where it has no loop, or another one calls their graphs.
  init(_ model: Model) {
    var joining = Joining(model)
    joining.add(GraphID(0))
    parts = joining.parts.map {
      Part(id: $0.id, values: $0.values, source: model.graphs[$0.id.index], calls: $0.calls)
    }
    loops = joining.loops
    graph =
      loops.isEmpty
      ? model.graphs[0]
      : Graph(
        name: model.graphs[0].name, nodes: joining.nodes, values: joining.values,
        inputs: model.graphs[0].inputs, outputs: model.graphs[0].outputs)
  }

  /// The node behind the last one of the main graph.
  var mainEnd: NodeID { NodeID(parts[0].source.nodes.count) }

  var mainValueCount: Int { parts[0].source.values.count }

  /// Whether a node is in a loop's graph.
  func isCalled(_ node: NodeID) -> Bool { node.index > mainEnd.index }

  /// Where a value stands in the model.
  func place(of value: ValueID) -> (graph: GraphID, value: ValueID) {
    let part = parts.first { $0.values.contains(value.index) } ?? parts[0]
    return (part.id, ValueID(value.index - part.values.lowerBound))
  }

  /// Whether a node writes what stands in memory: one that ends a part only stands for a hand-over.
  static func isEnd(_ node: Node) -> Bool { node.code.customName == LoopEnd.customName }

  /// A node as people know it.
  func title(of id: NodeID) -> String {
    var start = 0
    for part in parts {
      let count = part.source.nodes.count
      if id.index - start < count {
        let title = part.source.title(of: NodeID(id.index - start))
        return part.id.index == 0 ? title : "subgraph \(part.id.index), \(title)"
      }
      start += count + 1
    }
    return graph.title(of: id)
  }

  /// The model's graphs, from what an edit has made of the joined graph.
  ///
  /// - Returns: also the numbers that values of the main graph have now.
  func split(_ edited: Graph) -> (graphs: [(id: GraphID, graph: Graph)], main: [ValueID: ValueID]) {
    var graphs: [(id: GraphID, graph: Graph)] = []
    var main: [ValueID: ValueID] = [:]
    var rest = edited.nodes[...]
    for part in parts {
      let own = rest.prefix { !Self.isEnd($0) }
      let end = rest.dropFirst(own.count).first
      rest = rest.dropFirst(own.count + 1)
      var numbers = Numbering(part.values, edited)
      let isMain = part.id.index == 0
      let nodes = own.map { numbers.renumbered($0) }
      let outputs = (isMain ? edited.outputs : end?.inputs ?? []).map { $0.map { numbers[$0] } }
      let graph = part.source
      var calls = part.calls[...]
      let restored = nodes.map { node in
        guard node.code.customName == LoopPorts.customName, let call = calls.popFirst() else { return node }
        var copy = call
        (copy.inputs, copy.outputs) = (node.inputs, node.outputs)
        return copy
      }
      let result = Graph(
        name: graph.name, nodes: restored, values: numbers.values, inputs: graph.inputs, outputs: outputs,
        debugMetadataIndex: graph.debugMetadataIndex, omittedLists: graph.omittedLists)
      graphs.append((part.id, result))
      if isMain { main = numbers.known }
    }
    return (graphs, main)
  }
}

/// The values of one part in numbers of its own: those that it had, then those that an edit has added.
private struct Numbering {
  private let own: Range<Int>
  private let edited: Graph
  private(set) var values: [Value]
  private(set) var known: [ValueID: ValueID] = [:]

  init(_ own: Range<Int>, _ edited: Graph) {
    (self.own, self.edited) = (own, edited)
    values = Array(edited.values[own])
  }

  subscript(id: ValueID) -> ValueID {
    mutating get {
      if own.contains(id.index) { return ValueID(id.index - own.lowerBound) }
      if let number = known[id] { return number }
      let number = ValueID(values.count)
      known[id] = number
      values.append(edited[id])
      return number
    }
  }

  mutating func renumbered(_ node: Node) -> Node {
    var copy = node
    copy.inputs = node.inputs.map { $0.map { self[$0] } }
    copy.outputs = node.outputs.map { self[$0] }
    copy.intermediates = node.intermediates?.map { $0.map { self[$0] } }
    return copy
  }
}

/// Graphs on their way into one.
private struct Joining {
  private let model: Model
  private let callCounts: [Int]
  private(set) var nodes: [Node] = []
  private(set) var values: [Value] = []
  private(set) var parts: [(id: GraphID, values: Range<Int>, end: NodeID, calls: [Node])] = []
  private(set) var loops: [JoinedGraph.Loop] = []

  init(_ model: Model) {
    self.model = model
    var counts = [Int](repeating: 0, count: model.graphs.count)
    for graph in model.graphs.lazy.flatMap(\.nodes).flatMap(\.calledGraphs)
    where counts.indices.contains(graph.index) {
      counts[graph.index] += 1
    }
    for signature in model.signatures ?? [] where counts.indices.contains(signature.graph.index) {
      counts[signature.graph.index] += 1
    }
    callCounts = counts
  }

  /// Adds a graph, and behind it those that its loops call.
  mutating func add(_ id: GraphID) {
    let graph = model.graphs[id.index]
    let firstValue = values.count
    values += graph.values
    func moved(_ value: ValueID) -> ValueID { ValueID(value.index + firstValue) }
    var calls: [(id: NodeID, node: Node)] = []
    for node in graph.nodes {
      var copy = node
      copy.inputs = node.inputs.map { $0.map(moved) }
      copy.outputs = node.outputs.map(moved)
      copy.intermediates = node.intermediates?.map { $0.map(moved) }
      if isJoinable(node) {
        calls.append((NodeID(nodes.count), node))
        copy.code = OperatorCode(.custom, customName: LoopPorts.customName)
        copy.options = nil
      }
      nodes.append(copy)
    }
    let isMain = id.index == 0
    let end = NodeID(nodes.count)
    nodes.append(
      Node(
        code: OperatorCode(.custom, customName: LoopEnd.customName),
        inputs: isMain ? [] : graph.outputs.map { $0.map(moved) },
        outputs: isMain ? [] : graph.inputs.compactMap(\.self).map(moved)))
    parts.append((id, firstValue..<values.count, end, calls.map(\.node)))
    for (node, call) in calls {
      let ends = call.calledGraphs.map { graph in
        let position = parts.count
        add(graph)
        return parts[position].end
      }
      loops.append(.init(node: node, conditionEnd: ends[0], bodyEnd: ends[1]))
    }
  }

  /// Whether a node is a loop whose graphs nobody else calls, and whose values all have a place.
  private func isJoinable(_ node: Node) -> Bool {
    guard node.code.builtin == .while, node.calledGraphs.count == 2,
      node.calledGraphs[0] != node.calledGraphs[1],
      node.calledGraphs.allSatisfy({ callCounts[$0.index] == 1 && $0.index != 0 }),
      node.inputs.allSatisfy({ $0 != nil }), node.inputs.count == node.outputs.count
    else { return false }
    let (condition, body) = (
      model.graphs[node.calledGraphs[0].index], model.graphs[node.calledGraphs[1].index]
    )
    return [condition.inputs, body.inputs, body.outputs].allSatisfy { ports in
      ports.count == node.inputs.count && ports.allSatisfy { $0 != nil }
    } && (condition.inputs.compactMap(\.self).allSatisfy { !condition[$0].isConstant })
      && (body.inputs.compactMap(\.self).allSatisfy { !body[$0].isConstant })
  }
}

/// A loop in a joined graph.
enum LoopPorts: PassOperator {
  static let builtin = BuiltinOperator.custom
  static let customName: String? = "nnopt: loop"
  static let passFacts = PassFacts.handingOn
}

/// The end of a part of a joined graph.
enum LoopEnd: PassOperator {
  static let builtin = BuiltinOperator.custom
  static let customName: String? = "nnopt: end"
  static let passFacts = PassFacts.handingOn
}

extension PassFacts {
  /// A loop hands numbers on as they are stored.
  fileprivate static let handingOn = moving(
    sharing: .loop, versions: .first, gradient: .unwritten, channels: .unknown, equalization: .ends,
    movement: .computes)
}

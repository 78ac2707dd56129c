package import GraphIR
import Tensors

/// A graph with what rules ask of it: who writes and who reads a value, and who else sees it.
package struct RewriteContext: Sendable {
  package private(set) var graph: Graph
  package let graphID: GraphID
  /// The node that writes a value, by value.
  package private(set) var producers: [NodeID?] = []
  /// Nodes that read a value, ascending, each once, by value.
  package private(set) var consumers: [[NodeID]] = []
  /// Whether a value is an input or output of the graph or named by a signature; in a part of a graph, also
  /// whether others of its nodes write or read it.
  package private(set) var isPort: [Bool]
  /// What each node does besides writing its outputs.
  package private(set) var effects: [NodeEffects]
  /// How many values of the whole model hold a constant's data.
  private(set) var holders: [ObjectIdentifier: Int]
  /// The numbers that nodes have in the report, where they are not those of the graph: it is a part of another.
  private(set) var numbers: [Int]?

  package init(_ model: Model, _ id: GraphID) {
    self.init(model, id, effects: EffectAnalysis(model).effects[id.index], holders: Self.holders(model))
  }

  init(_ model: Model, _ id: GraphID, effects: [NodeEffects], holders: [ObjectIdentifier: Int]) {
    let graph = model.graphs[id.index]
    var isPort = [Bool](repeating: false, count: graph.values.count)
    for value in (graph.inputs + graph.outputs).compactMap(\.self) { isPort[value.index] = true }
    for signature in model.signatures ?? [] where signature.graph == id {
      for binding in (signature.inputs ?? []) + (signature.outputs ?? []) {
        isPort[binding.value.index] = true
      }
    }
    self.init(graph, id, isPort: isPort, effects: effects, holders: holders)
  }

  /// - Parameter numbers: see `numbers`.
  init(
    _ graph: Graph, _ id: GraphID, isPort: [Bool], effects: [NodeEffects], holders: [ObjectIdentifier: Int],
    numbers: [Int]? = nil
  ) {
    (self.graph, graphID, self.isPort, self.effects) = (graph, id, isPort, effects)
    (self.holders, self.numbers) = (holders, numbers)
    findUses()
  }

  /// Follows an edit.
  ///
  /// - Parameters:
  ///   - edited: the graph behind the edit.
  ///   - effects: of the nodes behind the edit.
  mutating func follow(_ edit: GraphEdit, to edited: Graph, effects: [NodeEffects], numbers: [Int]? = nil) {
    for (id, value) in edit.changedValues {
      holders[ObjectIdentifier(graph[id].data), default: 1] -= 1
      holders[ObjectIdentifier(value.data), default: 0] += 1
    }
    for value in edit.addedValues { holders[ObjectIdentifier(value.data), default: 0] += 1 }
    isPort += edit.addedValues.map { _ in false }
    (graph, self.effects, self.numbers) = (edited, effects, numbers)
    findUses()
  }

  private mutating func findUses() {
    producers = [NodeID?](repeating: nil, count: graph.values.count)
    consumers = [[NodeID]](repeating: [], count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      let id = NodeID(index)
      for value in node.outputs { producers[value.index] = id }
      for case let value? in node.inputs where consumers[value.index].last != id {
        consumers[value.index].append(id)
      }
    }
  }

  /// How many values of a model hold a constant's data.
  static func holders(_ model: Model) -> [ObjectIdentifier: Int] {
    var holders: [ObjectIdentifier: Int] = [:]
    for value in model.graphs.lazy.flatMap(\.values) {
      holders[ObjectIdentifier(value.data), default: 0] += 1
    }
    return holders
  }
}

extension RewriteContext {
  /// The node's operand at a position; nil where it is absent.
  func input(_ position: Int, of node: Node) -> ValueID? { node.operand(position) }

  /// The node that writes a value.
  func producer(of value: ValueID) -> NodeID? { producers[value.index] }

  /// Whether the file stores the value, and no node changes it.
  func isConstant(_ value: ValueID) -> Bool { graph[value].isConstant && !graph[value].isVariable }

  /// How the report calls a node: its operator's name and number.
  func label(_ node: NodeID) -> String { "\(graph[node].code.name) \(number(node).index)" }

  /// The number that a node has in the report.
  func number(_ node: NodeID) -> NodeID { numbers.map { NodeID($0[node.index]) } ?? node }

  /// Checks that nobody but one node sees a value.
  ///
  /// - Parameter name: what the sentence calls the value, such as "the sum".
  /// - Throws: a refusal that says who else does.
  func requireOnlyUse(of value: ValueID, by node: NodeID, _ name: String) throws(Refusal) {
    if isPort[value.index] {
      let isOutput = graph.outputs.contains(value)
      throw Refusal("\(name) is also \(isOutput ? "an output" : "a port") of the model")
    }
    if let other = consumers[value.index].first(where: { $0 != node }) {
      throw Refusal("\(name) is also used by \(label(other))")
    }
  }

  /// Checks that a constant may be replaced by another one: nobody else uses it or its buffer.
  func requireUnshared(_ constant: ValueID, usedBy node: NodeID, _ name: String) throws(Refusal) {
    try requireOnlyUse(of: constant, by: node, name)
    if holders[ObjectIdentifier(graph[constant].data), default: 0] > 1 {
      throw Refusal("\(name) shares its data with another tensor")
    }
  }

  /// Bytes of constants that go when a node goes: those nobody else uses.
  func bytesFreed(byRemoving node: NodeID) -> Int {
    var counted: Set<ValueID> = []
    return graph[node].inputs.compactMap(\.self).reduce(0) { sum, value in
      let isFreed =
        isConstant(value) && !isPort[value.index] && consumers[value.index] == [node]
        && holders[ObjectIdentifier(graph[value].data), default: 0] == 1 && counted.insert(value).inserted
      return isFreed ? sum + graph[value].data.byteCount : sum
    }
  }

  /// Whether two values have the same element type and, where they are quantized, the same scales and zero
  /// points.
  func haveEqualStorage(_ left: ValueID, _ right: ValueID) -> Bool {
    let (left, right) = (graph[left], graph[right])
    guard left.elementType == right.elementType else { return false }
    return left.quantization.storedNumbers == right.quantization.storedNumbers
  }
}

/// What a quantization says of stored numbers; the ranges on record do not count.
struct StoredNumbers: Equatable {
  let scales: [Float]
  let zeroPoints: [Int64]
  let axis: Int
}

extension Quantization? {
  /// Scales, a zero point for each, and the axis where there are several; nil where there are none.
  var storedNumbers: StoredNumbers? {
    guard let self, let scales = self.scales, !scales.isEmpty else { return nil }
    let stored = self.zeroPoints ?? []
    let zeroPoints = stored.count == scales.count ? stored : scales.map { _ in stored.first ?? 0 }
    return StoredNumbers(scales: scales, zeroPoints: zeroPoints, axis: scales.count > 1 ? self.axis : 0)
  }
}

import GraphIR
import Tensors

/// Rewrites the weights of one graph, node by node; each stored form of a constant is made once.
struct WeightRewriter {
  private let source: Graph
  private let leastElements: Int
  private let metrics: [NodeID: RoundingMetric]
  /// What has been rewritten so far.
  private(set) var edit: GraphEdit
  private var known: [Key: ValueID] = [:]
  private(set) var isChanged = false

  private struct Key: Hashable {
    let value: ValueID
    let isPerChannel: Bool
  }

  init(_ source: Graph, leastElements: Int, metrics: [NodeID: RoundingMetric]) {
    self.source = source
    self.metrics = metrics
    self.leastElements = leastElements
    edit = GraphEdit(of: source)
  }

  /// Stores a node's weights as symmetric int8.
  mutating func makeHybrid(_ id: NodeID, _ log: inout PassLog) {
    var node = source[id]
    let layer = node.passFacts?.layer
    let hasAsymmetricInputs =
      layer?.hasAsymmetricInputs ?? node.passFacts?.recurrence?.hasAsymmetricInputs ?? false
    for position in hybridPositions(node) {
      let axis = layer?.channelAxis ?? 0
      guard let value = weights(node, position), source[value].dimensions?.indices.contains(axis) == true
      else { continue }
      node.inputs[position] = hybrid(value, axis: axis, layer != nil, metrics[id])
      if hasAsymmetricInputs {
        node.options?.record["asymmetric_quantize_inputs"] = .integer(1)
      }
      note(id, "int8 weights beside float activations", &log)
    }
    edit[id] = node
  }

  /// Stores a node's weights and bias as float16, and dequantizes them.
  mutating func makeHalf(_ id: NodeID, _ log: inout PassLog) {
    var node = source[id]
    if let layer = node.passFacts?.layer {
      for position in [layer.filter, layer.bias] {
        guard let value = weights(node, position) else { continue }
        guard let half = half(value, before: id) else {
          log.refused(QuantizeWeights.name, Self.place(id, node), "a weight is beyond the range of float16")
          continue
        }
        node.inputs[position] = half
        note(id, "float16 weights", &log)
      }
    }
    edit[id] = node
  }

  /// Operands that kernels take as int8 beside float activations.
  private func hybridPositions(_ node: Node) -> [Int] {
    switch node.passFacts?.weights ?? WeightsFact.none {
    case .layer(let layer): [layer.filter]
    case .recurrent(let operands):
      node.passFacts?.quantizationRule?.refusal(node, source) == nil ? Array(operands.hybrid) : []
    case .untouched, .none: []
    }
  }

  /// A float constant that is worth rewriting; weights beside state go together.
  private func weights(_ node: Node, _ position: Int) -> ValueID? {
    guard let value = node.floatConstant(position, in: source), let id = node.inputs[position] else {
      return nil
    }
    return node.passFacts?.recurrence != nil || value.byteCount / 4 >= leastElements ? id : nil
  }

  private mutating func hybrid(
    _ id: ValueID, axis: Int, _ isPerChannel: Bool, _ metric: RoundingMetric?
  ) -> ValueID {
    let key = Key(value: id, isPerChannel: isPerChannel)
    if let value = known[key] { return value }
    let quantizer = LayerQuantizer(isPerChannel: isPerChannel, inputMeans: [])
    let value = source[id]
    let channels = Int(value.dimensions?[axis] ?? 1)
    let filter = quantizer.filter(
      value, axis: axis, leastScales: [Float](repeating: 0, count: channels), metric: metric)
    return remember(key, quantizer.value(value, filter, axis: axis))
  }

  /// - Returns: nil where a number is beyond the range of float16.
  private mutating func half(_ id: ValueID, before node: NodeID) -> ValueID? {
    let key = Key(value: id, isPerChannel: false)
    if let value = known[key] { return value }
    let halves = source[id].data.elements(Float.self).map { Float16($0) }
    guard halves.allSatisfy(\.isFinite) else { return nil }
    var stored = source[id]
    stored.elementType = .float16
    stored.data = TensorData(LittleEndian.bytes(halves))
    edit.insert(
      Node(code: OperatorCode(.dequantize, version: 3), inputs: [edit.add(stored)], outputs: [id]),
      before: node)
    edit[id].data = .none
    edit[id].name = source[id].name.map { "\($0)_dequantized" }
    known[key] = id
    return id
  }

  private mutating func remember(_ key: Key, _ value: Value) -> ValueID {
    let id = edit.add(value)
    known[key] = id
    return id
  }

  private mutating func note(_ id: NodeID, _ sentence: String, _ log: inout PassLog) {
    isChanged = true
    if log.edits.last?.place == Self.place(id, source[id]) { return }
    log.edited(QuantizeWeights.name, Self.place(id, source[id]), sentence)
  }

  private static func place(_ id: NodeID, _ node: Node) -> String {
    id.title(node.code.name)
  }
}

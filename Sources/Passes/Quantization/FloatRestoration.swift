import GraphIR
import Tensors

/// The float form of one graph.
struct FloatRestoration {
  private let graph: Graph
  /// Values that some node writes, and inputs.
  private let isActivation: [Bool]

  init(_ graph: Graph) {
    self.graph = graph
    var isActivation = [Bool](repeating: false, count: graph.values.count)
    for id in graph.inputs.compactMap(\.self) { isActivation[id.index] = true }
    for id in graph.nodes.flatMap(\.outputs) { isActivation[id.index] = true }
    self.isActivation = isActivation
  }

  /// Whether there are uint8 activations, or integer weights beside float ones.
  var isNeeded: Bool {
    graph.values.indices.contains { isActivation[$0] && isQuantized(graph.values[$0], [.uint8]) }
      || graph.nodes.contains(where: readsIntegerWeights)
  }

  var hasIntegerActivations: Bool { integerActivation != nil }

  /// The first int8 or int16 activation.
  var integerActivation: ValueID? {
    graph.values.indices.first { isActivation[$0] && isQuantized(graph.values[$0], [.int8, .int16]) }
      .map { ValueID($0) }
  }

  private func isQuantized(_ value: Value, _ types: Set<ElementType>) -> Bool {
    types.contains(value.elementType) && value.quantization?.isQuantized == true
  }

  private func readsIntegerWeights(_ node: Node) -> Bool {
    node.outputs.contains { graph[$0].elementType == .float32 }
      && node.inputs.compactMap(\.self).contains {
        graph[$0].isConstant && isQuantized(graph[$0], [.int8, .uint8, .int16])
      }
  }

  /// - Throws: `Refusal` where numbers do not stand for real ones, or an operator computes with the stored ones.
  func edit() throws(Refusal) -> GraphEdit {
    let biases = try biases
    var edit = GraphEdit(of: graph, "numbers became those of float32 that they stand for")
    for (index, value) in graph.values.enumerated() {
      let id = ValueID(index)
      if value.isConstant {
        guard isQuantized(value, [.int8, .uint8, .int16]) || biases.contains(id) else { continue }
        edit[id] = try restored(value, id)
      } else if isActivation[index], isQuantized(value, [.uint8]) {
        guard !value.isVariable else {
          throw Refusal("\(graph.title(of: id)) is state of \(value.elementType)")
        }
        edit[id].elementType = .float32
        edit[id].quantization = nil
      }
    }
    for (index, node) in graph.nodes.enumerated() { try restore(node, NodeID(index), &edit) }
    return edit
  }

  /// Biases of whole numbers, which stand at the scale of their layer.
  private var biases: Set<ValueID> {
    get throws(Refusal) {
      var biases: Set<ValueID> = []
      for node in graph.nodes {
        guard let position = node.passFacts?.layer?.bias, node.inputs.indices.contains(position),
          let id = node.inputs[position], [.int32, .int64].contains(graph[id].elementType)
        else { continue }
        guard graph[id].isConstant, graph[id].quantization?.isQuantized == true else {
          throw Refusal("\(graph.title(of: id)), a bias, has no scale")
        }
        biases.insert(id)
      }
      return biases
    }
  }

  private func restored(_ value: Value, _ id: ValueID) throws(Refusal) -> Value {
    guard let quantization = value.quantization, value.attachments.sparsity == nil,
      let numbers = StoredConstant.floats(value.data, value.elementType),
      let scales = StoredConstant.perElement(quantization, value.dimensions ?? [], numbers.count)
    else { throw Refusal("\(graph.title(of: id)) is stored in a way that has no float form") }
    var result = value
    result.elementType = .float32
    result.quantization = nil
    result.data = TensorData(
      LittleEndian.bytes(numbers.indices.map { (numbers[$0] - scales[$0].zeroPoint) * scales[$0].scale }))
    return result
  }

  private func restore(_ node: Node, _ id: NodeID, _ edit: inout GraphEdit) throws(Refusal) {
    let touched = (node.inputs.compactMap(\.self) + node.outputs).contains { edit.changedValues[$0] != nil }
    guard touched else { return }
    if [.quantize, .dequantize].contains(node.code.builtin) { return try bypass(node, id, &edit) }
    guard !computesWithStoredConstant(node) else {
      throw Refusal("\(graph.title(of: id)) computes with stored numbers, not with those they stand for")
    }
    guard node.attributes["asymmetric_quantize_inputs"] != nil else { return }
    edit[id].options?.record["asymmetric_quantize_inputs"] = .integer(0)
  }

  private func computesWithStoredConstant(_ node: Node) -> Bool {
    switch node.code.builtin {
    case .cast, .bitcast: true
    case .lstm: node.outputs.contains { graph[$0].elementType != .float32 }
    case .custom: node.code.customName != "TFLite_Detection_PostProcess"
    default: false
    }
  }

  /// Leaves out a node that changes only how numbers are stored.
  private func bypass(_ node: Node, _ id: NodeID, _ edit: inout GraphEdit) throws(Refusal) {
    guard var source = node.inputs.first ?? nil, let output = node.outputs.first,
      edit[source].elementType == .float32, edit[output].elementType == .float32
    else { return }
    edit.remove(id)
    while let other = edit.redirects[source] { source = other }
    guard graph.outputs.contains(output) else { return edit.redirect(output, to: source) }
    // The port keeps its name: what writes the operand writes the port.
    guard let writer = graph.nodes.firstIndex(where: { $0.outputs.contains(source) }),
      !graph.outputs.contains(source)
    else { throw Refusal("\(graph.title(of: output)) is an output without an operator that writes it") }
    let outputs = edit[NodeID(writer)].outputs.map { $0 == source ? output : $0 }
    edit[NodeID(writer)].outputs = outputs
    edit.redirect(source, to: output)
  }
}

/// Constants as the real numbers that they stand for.
enum StoredConstant {
  static func floats(_ data: TensorData, _ type: ElementType) -> [Float]? {
    switch type {
    case .int8: data.elements(Int8.self).map { Float($0) }
    case .uint8: data.elements(UInt8.self).map { Float($0) }
    case .int16: data.elements(Int16.self).map { Float($0) }
    case .int32: data.elements(Int32.self).map { Float($0) }
    case .int64: data.elements(Int64.self).map { Float($0) }
    default: nil
    }
  }

  /// The scale and zero point of each element; nil where they do not go with the shape.
  static func perElement(
    _ quantization: Quantization, _ dimensions: [Int32], _ count: Int
  ) -> [(scale: Float, zeroPoint: Float)]? {
    let scales = quantization.scales ?? []
    let zeroPoints = (quantization.zeroPoints ?? []).map { Float($0) }
    guard let first = scales.first else { return nil }
    if scales.count == 1 {
      return Array(repeating: (first, zeroPoints.first ?? 0), count: count)
    }
    let axis = quantization.axis(ofRank: dimensions.count)
    guard dimensions.indices.contains(axis), Int(dimensions[axis]) == scales.count else { return nil }
    let stride = dimensions[(axis + 1)...].reduce(1) { $0 * max(Int($1), 1) }
    return (0..<count).map { index in
      let channel = index / stride % scales.count
      let zeroPoint = zeroPoints.indices.contains(channel) ? zeroPoints[channel] : zeroPoints.first ?? 0
      return (scales[channel], zeroPoint)
    }
  }
}

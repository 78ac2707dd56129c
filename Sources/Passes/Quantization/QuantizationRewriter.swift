import GraphIR
import Tensors

/// Makes of a graph what a plan describes: stored types, conversions between them, quantized constants.
struct QuantizationRewriter {
  let source: Graph
  let plan: QuantizationPlan
  let settings: Settings
  private var edit: GraphEdit
  /// The node before which conversions go.
  private var position = NodeID(0)
  private var conversions: [Conversion: ValueID] = [:]
  private var constants: [ConstantKey: ValueID] = [:]

  /// What the plan leaves open.
  struct Settings {
    /// The stored type of float inputs and outputs; nil where they stay float.
    var portType: ElementType?
    var isFullyConnectedPerChannel = true
    /// The mean square of a layer's outputs over that of their errors, at the least, for its weights to take 4 bits; nil
    /// for 8 everywhere.
    var leastNarrowRatio: Double?
    /// Layers that keep int8 weights.
    var wideNodes: Set<NodeID> = []
    /// The mean of each channel, by value; empty for no bias correction.
    var channelMeans: [[Double]] = []
    /// How the errors of a layer's weights count, by node; without, weights become the nearest numbers.
    var metrics: [NodeID: RoundingMetric] = [:]
    /// The numbers that calibration has seen, by value.
    var seen: [ClosedRange<Float>?] = []
    /// Largest magnitudes of LSTM cells and SVDF states, by node.
    var cellExtents: [NodeID: Float] = [:]
  }

  /// A value as it is needed elsewhere: nil parameters mean float.
  private struct Conversion: Hashable {
    let value: ValueID
    let parameters: AffineParameters?
  }

  private struct ConstantKey: Hashable {
    let value: ValueID
    let parameters: AffineParameters
  }

  init(_ source: Graph, plan: QuantizationPlan, settings: Settings) {
    self.source = source
    self.plan = plan
    self.settings = settings
    edit = GraphEdit(of: source)
  }

  /// What makes the graph, unused values included; operators keep their versions.
  ///
  /// - Parameter mainEnd: the node before which the main graph ends, where others follow.
  /// - Returns: also which value stands for each output of the source.
  mutating func rewrite(mainEnd: NodeID? = nil) -> (edit: GraphEdit, outputs: [ValueID: ValueID]) {
    for index in source.values.indices {
      if let parameters = home(ValueID(index)) { store(ValueID(index), parameters) }
    }
    for index in source.nodes.indices { rewrite(NodeID(index)) }
    position = mainEnd ?? NodeID(source.nodes.count)
    var replaced: [ValueID: ValueID] = [:]
    for (position, output) in source.outputs.enumerated() {
      guard let output, source[output].elementType == .float32 else { continue }
      let wanted = settings.portType.flatMap { plan.parameters(of: output, as: $0) }
      let id = converted(output, to: wanted)
      edit.outputs[position] = id
      if id != output { replaced[output] = id }
    }
    nameOutputs(replaced)
    return (edit, replaced)
  }

  /// How the value is stored where it is made; nil for float.
  private func home(_ value: ValueID) -> AffineParameters? {
    plan.homes[value.index].flatMap { plan.parameters(of: value, as: $0) }
  }

  private mutating func store(_ value: ValueID, _ parameters: AffineParameters) {
    edit[value].elementType = parameters.elementType
    edit[value].quantization = parameters.quantization
    // Symmetric scales do not tell which numbers go in.
    guard parameters.elementType == .int16, source.inputs.contains(value),
      settings.seen.indices.contains(value.index), let seen = settings.seen[value.index]
    else { return }
    edit[value].quantization?.min = [seen.lowerBound]
    edit[value].quantization?.max = [seen.upperBound]
  }

  /// The model's outputs keep their names; what they are converted from is called by its type.
  private mutating func nameOutputs(_ replaced: [ValueID: ValueID]) {
    for index in source.values.indices {
      let output = ValueID(index)
      guard let id = replaced[output], let name = source[output].name else { continue }
      edit[output].name = "\(name)_\(edit[output].elementType)"
      edit[id].name = name
    }
  }

  private mutating func rewrite(_ id: NodeID) {
    position = id
    var node = source[id]
    guard let type = plan.nodeTypes[id.index], let facts = node.passFacts, let rule = facts.quantizationRule
    else {
      for (position, value) in node.inputs.enumerated() {
        if let value, plan.homes[value.index] != nil { node.inputs[position] = converted(value, to: nil) }
      }
      edit[id] = node
      return
    }
    switch facts.recurrence?.kind {
    case .lstm: rewriteLSTM(id, &node, type)
    case .svdf: rewriteSVDF(id, &node, type)
    case nil: rewriteOperands(id, &node, facts.layer, type)
    }
    if type == .int16 {
      for option in rule.clearedInt16Options { node.options?.record[option] = .integer(0) }
    }
    edit[id] = node
  }

  private mutating func rewriteOperands(
    _ id: NodeID, _ node: inout Node, _ layer: LayerOperands?, _ type: ElementType
  ) {
    for (position, value) in source[id].inputs.enumerated() {
      guard let value, source[value].elementType == .float32 else { continue }
      if let layer, position == layer.filter || position == layer.bias { continue }
      node.inputs[position] = operand(.init(node: id, position: position), value, type)
    }
    if let layer { rewriteWeights(id, &node, layer, type) }
    node.inputs = DropAbsentOperands.operands(of: node)
  }

  private mutating func operand(
    _ operand: QuantizationPlan.Operand, _ value: ValueID, _ type: ElementType
  ) -> ValueID {
    let wanted = plan.parameters(of: operand) ?? plan.parameters(of: value, as: type)
    if source[value].isConstant, let wanted { return constant(value, wanted) }
    return converted(value, to: wanted)
  }

  /// The value in another form; a conversion stands before its first use.
  mutating func converted(_ value: ValueID, to wanted: AffineParameters?) -> ValueID {
    guard home(value) != wanted else { return value }
    let key = Conversion(value: value, parameters: wanted)
    if let known = conversions[key] { return known }
    var copy = source[value]
    copy.data = .none
    copy.elementType = wanted?.elementType ?? .float32
    copy.quantization = wanted?.quantization
    copy.name = source[value].name.map { "\($0)_\(copy.elementType)" }
    let id = append(copy)
    let code = OperatorCode(wanted == nil ? .dequantize : .quantize)
    edit.insert(Node(code: code, inputs: [value], outputs: [id]), before: position)
    conversions[key] = id
    return id
  }

  /// A float constant as stored numbers; one copy for all that take it alike.
  private mutating func constant(_ value: ValueID, _ parameters: AffineParameters) -> ValueID {
    let key = ConstantKey(value: value, parameters: parameters)
    if let known = constants[key] { return known }
    var copy = source[value]
    copy.elementType = parameters.elementType
    copy.quantization = parameters.quantization
    copy.data = TensorData(parameters.bytes(source[value].data.elements(Float.self)))
    let id = append(copy)
    constants[key] = id
    return id
  }

  mutating func append(_ value: Value) -> ValueID { edit.add(value) }

  mutating func setValue(_ id: ValueID, _ change: (inout Value) -> Void) { change(&edit[id]) }
}

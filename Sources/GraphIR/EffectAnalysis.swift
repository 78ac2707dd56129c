/// Finds the effects of every node of a model, those of called graphs included.
package struct EffectAnalysis: Sendable {
  /// Effects by graph and node.
  package private(set) var effects: [[NodeEffects]]
  /// The effects that calling a graph has, by graph.
  private var totals: [NodeEffects] = []
  private let variables: VariableTable

  /// - Precondition: graphs do not call each other in a cycle (the reader refuses such files).
  package init(_ model: Model) {
    variables = VariableTable(model)
    effects = model.graphs.map { $0.nodes.map { _ in NodeEffects() } }
    totals = model.graphs.map { _ in NodeEffects() }
    for graph in model.callOrder { update(graph, of: model) }
  }

  /// Finds the effects of one graph's nodes again, behind edits that leave handles of resources and values their
  /// numbers.
  package mutating func update(_ graph: GraphID, of model: Model) {
    effects[graph.index] = model.graphs[graph.index].nodes.map { nodeEffects($0, of: graph, in: model) }
    totals[graph.index] = effects[graph.index].reduce(into: NodeEffects()) { $0.formUnion($1) }
  }

  private func nodeEffects(_ node: Node, of graphID: GraphID, in model: Model) -> NodeEffects {
    let graph = model.graphs[graphID.index]
    var effects = NodeEffects()
    for called in node.calledGraphs where model.graphs.indices.contains(called.index) {
      effects.formUnion(totals[called.index])
    }
    for value in node.inputs.compactMap(\.self) + node.outputs where graph[value].isVariable {
      effects.reads.insert(.variable(graphID, value))
      effects.writes.insert(.variable(graphID, value))
    }
    switch node.code.builtin {
    case .readVariable, .hashtableFind, .hashtableSize:
      effects.reads.insert(resource(of: node, in: graphID, of: model))
    case .assignVariable, .hashtableImport:
      effects.writes.insert(resource(of: node, in: graphID, of: model))
    case .varHandle:
      if let name = variables.ambiguousName(of: node) { effects.writes.insert(.handles(name: name)) }
    case .randomUniform, .randomStandardNormal, .multinomial, .stablehloRngBitGenerator:
      effects.writes.insert(.randomGenerator)
    case .custom where !Self.pureCustomOperators.contains(node.code.name):
      effects.writes.insert(.unknown)
    case .stablehloCustomCall where node.options2?.record.bool("has_side_effect") ?? true:
      effects.writes.insert(.unknown)
    case .delegate: effects.writes.insert(.unknown)
    default:
      if !node.code.builtin.isKnown { effects.writes.insert(.unknown) }
    }
    return effects
  }

  /// The state that a node's first input, a handle, stands for.
  private func resource(of node: Node, in id: GraphID, of model: Model) -> NodeEffects.State {
    guard let handle = node.inputs.first ?? nil else { return .anyResource }
    if let number = variables.variable(through: handle, in: id) { return .resource(number) }
    let producer = model.graphs[id.index].nodes.first { $0.outputs.contains(handle) }
    guard let producer, producer.code.builtin == .hashtable else { return .anyResource }
    return .table(producer.attributes.integer("table_id"))
  }

  /// Custom operators of stock TensorFlow Lite and TFLM that keep no state.
  private static let pureCustomOperators: Set<String> = [
    "TFLite_Detection_PostProcess", "Convolution2DTransposeBias", "MaxPoolingWithArgmax2D",
    "MaxUnpooling2D", "SignalFft", "SignalRfft", "SignalIrfft", "SignalWindow", "SignalFftAutoScale",
    "SignalEnergy", "SignalFilterBank", "SignalFilterBankSquareRoot", "SignalFilterBankLog", "SignalPCAN",
    "TFLM_DECODE",
  ]
}

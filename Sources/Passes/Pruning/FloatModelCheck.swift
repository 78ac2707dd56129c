import GraphIR
import Tensors

/// What pruning and decomposition ask of a model before they touch it.
enum FloatModelCheck {
  /// - Throws: `PassError` for a model that is quantized, keeps state between runs, calls other
  ///   subgraphs, reads what nothing writes, or has no operators.
  static func require(_ model: Model, for pass: String) throws(PassError) {
    guard let graph = model.graphs.first, !graph.nodes.isEmpty else {
      throw PassError(pass: pass, reason: "the model has no operators")
    }
    if let (node, value) = graph.firstUnwrittenOperand {
      throw PassError(
        pass: pass, place: graph.title(of: node),
        reason: "it reads \(graph.title(of: value)), which nothing writes")
    }
    for (index, node) in graph.nodes.enumerated() {
      let place = NodeID(index).title(node.code.name)
      guard node.calledGraphs.isEmpty else {
        throw PassError(
          pass: pass, place: place, reason: "it calls another subgraph, which nnopt does not prune through")
      }
      let values = node.inputs.compactMap(\.self) + node.outputs
      if values.contains(where: { graph[$0].isVariable }) {
        throw PassError(pass: pass, place: place, reason: "it keeps state between runs")
      }
      for value in values where isQuantized(graph[value]) {
        throw PassError(
          pass: pass, place: place,
          reason: "tensor '\(graph[value].name ?? "")' is quantized \(graph[value].elementType); "
            + "run this pass on the float model, before quantization")
      }
    }
  }

  private static func isQuantized(_ value: Value) -> Bool {
    switch value.elementType {
    case .float16, .bfloat16, .int4, .int2, .uint4: true
    case .int8, .uint8, .int16, .int32, .int64: value.quantization?.isQuantized ?? false
    default: false
    }
  }
}

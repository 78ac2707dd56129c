import GraphIR
import Tensors

/// What the allocator refuses about tensors, whatever uses them.
enum TensorRefusals {
  static func findings(in graph: Graph, id: GraphID) -> [TFLMFinding] {
    var findings: [TFLMFinding] = []
    for (index, value) in graph.values.enumerated() {
      guard let refusal = unsized(value) ?? external(value) else { continue }
      findings.append(TFLMFinding(place: .value(id, ValueID(index)), refusal: refusal))
    }
    for (index, node) in graph.nodes.enumerated() {
      guard let refusal = intermediates(node, in: graph) else { continue }
      findings.append(TFLMFinding(place: .node(id, NodeID(index)), refusal: refusal))
    }
    return findings
  }

  /// Types whose elements have no size: the memory planner asks for that of every tensor, used or not.
  private static func unsized(_ value: Value) -> Refusal? {
    switch value.elementType {
    case .string:
      Refusal(
        kind: .types, problem: "TFLM has no strings", remedy: "Take the text apart outside of the model.")
    case .variant, .int2, .uint4:
      Refusal(
        kind: .types, problem: "TFLM does not know the size of \(value.elementType)",
        remedy: "Convert the model with types that TFLM has.")
    default: nil
    }
  }

  private static func external(_ value: Value) -> Refusal? {
    guard value.data.isAppended else { return nil }
    return Refusal(
      severity: .wrongAnswers, kind: .externalData,
      problem:
        "its data stand after the FlatBuffer (Buffer.offset), and TFLM takes it for a tensor without data",
      remedy: "Write the model by nnopt plan --output or nnopt optimize: they store the data inside.")
  }

  /// Tensors that a quantized LSTM names for its own use: only empty ones are taken.
  private static func intermediates(_ node: Node, in graph: Graph) -> Refusal? {
    let values = (node.intermediates ?? []).compactMap(\.self).filter {
      graph.values.indices.contains($0.index)
    }
    guard values.contains(where: { graph[$0].byteCount != 0 }) else { return nil }
    return Refusal(
      kind: .emptyTensor,
      problem: "TFLM takes intermediate tensors of no elements only, and some have a size",
      remedy: "Give the operator's intermediate tensors the shape [0] in the file.")
  }
}

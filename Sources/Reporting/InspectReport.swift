package import GraphIR
import ModelFiles
package import Operators
import Tensors

/// Everything that `nnopt inspect` says about a model.
package struct InspectReport: Sendable, Encodable {
  package let path: String
  package let description: String
  package let graphs: [GraphEntry]
  package let signatures: [String]
  package let metadata: [MetadataEntry]

  package struct GraphEntry: Sendable, Encodable {
    package let name: String
    /// Indices of tensors; −1 where an input is absent.
    package let inputs: [Int]
    package let outputs: [Int]
    package let operators: [OperatorEntry]
    package let tensors: [TensorEntry]
  }

  package struct OperatorEntry: Sendable, Encodable {
    package let index: Int
    package let name: String
    package let version: Int
    /// Indices of tensors; −1 where an optional input is absent.
    package let inputs: [Int]
    package let outputs: [Int]
    package let macs: Int
    /// Options that the file stores, as `name=value`.
    package let options: [String]
    /// All options as people say them, the padding where it is not stored, too.
    package let optionSummary: String
    /// What the operator's kernel runs on, where that was asked for.
    package let lowered: LoweredOperator?
  }

  package struct TensorEntry: Sendable, Encodable {
    package let index: Int
    package let name: String
    package let type: String
    package let shape: String
    package let bytes: Int
    /// `constant`, `variable`, `input`, `output` or `activation`.
    package let kind: String
    /// Scale and zero point, or the number of channels with their own; empty where not quantized.
    package let quantization: String
    /// Scale and zero point of a tensor that has one of each.
    package let scale: Float?
    package let zeroPoint: Int64?
    /// The axis whose elements have scales of their own.
    package let scaleAxis: Int?
  }

  package struct MetadataEntry: Sendable, Encodable {
    package let name: String
    package let bytes: Int
  }

  /// - Parameter lowered: what each kernel runs on, by graph and node; nil where that is not asked for.
  package init(path: String, model: Model, lowered: [[LoweredOperator]]? = nil) {
    self.path = path
    description = model.description ?? ""
    graphs = model.graphs.enumerated().map { GraphEntry($1, lowered: lowered?[$0]) }
    signatures = (model.signatures ?? []).map(Self.text)
    metadata = (model.metadata ?? []).map { MetadataEntry(name: $0.name ?? "", bytes: $0.data.byteCount) }
  }
}

extension InspectReport.GraphEntry {
  init(_ graph: Graph, lowered: [LoweredOperator]?) {
    name = graph.name ?? ""
    inputs = graph.inputs.map { $0?.index ?? -1 }
    outputs = graph.outputs.map { $0?.index ?? -1 }
    operators = graph.nodes.enumerated().map { index, node in
      InspectReport.OperatorEntry(
        index: index, name: node.code.name, version: Int(node.code.version),
        inputs: node.inputs.map { $0?.index ?? -1 }, outputs: node.outputs.map(\.index),
        macs: Registry.multiplyAccumulates(of: node, in: graph),
        options: node.attributes.fields.map { OptionText.text(of: $0, in: node.attributes) },
        optionSummary: OptionText.brief(node.attributes),
        lowered: lowered?[index])
    }
    tensors = graph.values.enumerated().map { index, value in
      InspectReport.TensorEntry(
        index: index, name: value.name ?? "", type: value.elementType.description,
        shape: value.shape?.description ?? "?", bytes: value.byteCount,
        kind: Self.kind(of: ValueID(index), value, in: graph), quantization: Self.quantization(of: value),
        scale: Self.scale(of: value),
        zeroPoint: Self.scale(of: value).map { _ in value.quantization?.zeroPoints?.first ?? 0 },
        scaleAxis: value.quantization.flatMap { $0.isPerChannel ? Int($0.axis) : nil })
    }
  }

  private static func scale(of value: Value) -> Float? {
    guard let quantization = value.quantization, !quantization.isPerChannel else { return nil }
    return quantization.scales?.first
  }

  private static func kind(of id: ValueID, _ value: Value, in graph: Graph) -> String {
    if value.isVariable { return "variable" }
    if value.isConstant { return "constant" }
    if graph.inputs.contains(id) { return "input" }
    return graph.outputs.contains(id) ? "output" : "activation"
  }

  private static func quantization(of value: Value) -> String {
    guard let quantization = value.quantization, let scale = quantization.scales?.first else { return "" }
    if quantization.isPerChannel {
      return "\((quantization.scales?.count ?? 0).counted("channel")), axis \(quantization.axis)"
    }
    return "scale \(scale), zero point \(quantization.zeroPoints?.first ?? 0)"
  }
}

extension InspectReport {
  /// Such as `serving_default → subgraph 0; inputs x1 = 1, x2 = 0; outputs sum = 2`, tensors by number.
  private static func text(_ signature: Model.Signature) -> String {
    func list(_ bindings: [Model.Signature.Binding]?) -> String {
      (bindings ?? []).map { "\($0.name ?? "") = \($0.value.index)" }.joined(separator: ", ")
    }
    return "\(signature.key ?? "") → subgraph \(signature.graph.index); inputs \(list(signature.inputs)); "
      + "outputs \(list(signature.outputs))"
  }
}

import GraphIR
import Tensors

/// Which version of an operator a file must name, so that runtimes which lack it refuse the file instead of
/// computing something else.
///
/// The numbers are those that TensorFlow Lite's converter writes (`GetBuiltinOperatorVersion`). All operators
/// have version 1 for float32.
struct OperatorVersions: Sendable {
  typealias Version = @Sendable (Node, Graph) -> Int32

  /// With an int8 operand, where none is int16.
  let int8: Version
  /// With an int16 operand or result.
  let int16: Version
  /// With a float16 operand.
  let float16: Int32
  /// With int4 weights beside int8 activations.
  var int4: Int32 = 1
  /// With int8 weights beside float activations; nil where no kernel takes them.
  let hybrid: (@Sendable (Node, _ weights: Value) -> Int32)?

  /// Version 1 for all types.
  static let first = integers(int8: 1, int16: 1)

  /// Versions by the integers' type alone.
  static func integers(int8: Int32, int16: Int32) -> OperatorVersions {
    OperatorVersions(int8: { _, _ in int8 }, int16: { _, _ in int16 }, float16: 1, hybrid: nil)
  }
}

extension Node {
  /// The code with at least the version that the node's types and options need in a graph.
  func versionedCode(in graph: Graph) -> OperatorCode {
    guard code.builtin != .custom, let needed = passFacts?.versions.version(of: self, in: graph),
      needed > code.version
    else { return code }
    return OperatorCode(code.builtin, customName: code.customName, version: needed, isWide: code.isWide)
  }
}

extension Node {
  /// Whether inputs beside int8 weights are stored with a zero point of their own.
  var hasAsymmetricInputs: Bool { attributes.bool("asymmetric_quantize_inputs") }
}

extension Value {
  /// Whether each channel has a scale.
  var hasScalesByChannel: Bool { quantization?.isPerChannel ?? false }
}

extension OperatorVersions {
  fileprivate func version(of node: Node, in graph: Graph) -> Int32 {
    let types = node.inputs.map { $0.map { graph[$0].elementType } }
    if types.contains(.float32), let hybrid,
      let weights = node.inputs.compactMap(\.self).first(where: { graph[$0].elementType == .int8 })
    {
      return hybrid(node, graph[weights])
    }
    let output = node.outputs.first.map { graph[$0].elementType }
    if types.contains(.int16) || output == .int16 { return int16(node, graph) }
    if types.contains(.float16) { return float16 }
    if types.contains(.int4) { return int4 }
    return types.contains(.int8) ? int8(node, graph) : 1
  }
}

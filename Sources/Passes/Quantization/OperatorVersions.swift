import GraphIR
import Tensors

/// Which version of an operator a node needs, so that runtimes which lack it refuse the file instead of
/// computing something else.
///
/// The numbers are those that TensorFlow Lite's converter writes (`GetBuiltinOperatorVersion`).
enum OperatorVersions {
  /// The code with at least the version that the node's types and options need.
  static func code(for node: Node, in graph: Graph) -> OperatorCode {
    let needed = version(of: node, in: graph)
    guard node.code.builtin != .custom, needed > node.code.version else { return node.code }
    return OperatorCode(
      node.code.builtin, customName: node.code.customName, version: needed, isWide: node.code.isWide)
  }

  private static func version(of node: Node, in graph: Graph) -> Int32 {
    let types = node.inputs.map { $0.map { graph[$0].elementType } }
    let output = node.outputs.first.map { graph[$0].elementType }
    if node.code.builtin == .quantize { return output == .int16 ? 2 : 1 }
    if types.contains(.float32), let weights = hybridVersion(of: node, in: graph) { return weights }
    if node.code.builtin == .unidirectionalSequenceLSTM { return types.first == .int16 ? 5 : 1 }
    // Its state is int16.
    if node.code.builtin == .svdf { return types.first == .int8 ? 3 : 1 }
    if types.contains(.int16) || output == .int16 { return wide[node.code.builtin] ?? 1 }
    guard types.contains(.int8) || types.contains(.float16) else { return 1 }
    if types.contains(.float16) { return node.code.builtin == .dequantize ? 3 : 1 }
    switch node.code.builtin {
    case .fullyConnected:
      return node.inputs.count == 2 ? 6 : node.attributes.bool("keep_num_dims") ? 5 : 4
    case .transposeConv:
      if node.attributes.integer("fused_activation_function") != 0 { return 4 }
      return node.inputs.count == 4 ? 3 : 2
    case .mul: return multipliesByOneOrMore(node, graph) ? 3 : 2
    default: return narrow[node.code.builtin] ?? 1
    }
  }

  /// The version for float activations beside int8 weights; nil where the node has no such weights.
  private static func hybridVersion(of node: Node, in graph: Graph) -> Int32? {
    guard let weights = node.inputs.compactMap(\.self).first(where: { graph[$0].elementType == .int8 }) else {
      return nil
    }
    let isPerChannel = graph[weights].quantization?.isPerChannel ?? false
    let isAsymmetric = node.attributes.bool("asymmetric_quantize_inputs")
    switch node.code.builtin {
    case .conv2D: return isPerChannel ? 5 : 2
    case .depthwiseConv2D: return isPerChannel ? 6 : 4
    case .fullyConnected: return isPerChannel ? 12 : isAsymmetric ? 9 : 3
    case .svdf: return isAsymmetric ? 4 : 2
    case .unidirectionalSequenceLSTM, .unidirectionalSequenceRNN: return isAsymmetric ? 3 : 2
    case .batchMatMul: return isAsymmetric ? 4 : 1
    default: return nil
    }
  }

  private static func multipliesByOneOrMore(_ node: Node, _ graph: Graph) -> Bool {
    let scales = (node.inputs.compactMap(\.self) + node.outputs).compactMap {
      graph[$0].quantization?.scales?.first
    }
    return scales.count == 3 && Double(scales[0]) * Double(scales[1]) / Double(scales[2]) >= 1
  }

  /// Versions for int8 activations, where they are not 1.
  private static let narrow: [BuiltinOperator: Int32] = [
    .conv2D: 3, .depthwiseConv2D: 3, .maxPool2D: 2, .averagePool2D: 2, .transpose: 2, .split: 2, .slice: 2,
    .unpack: 2, .dequantize: 2, .l2Normalization: 2, .abs: 2, .relu: 2, .relu6: 2, .stridedSlice: 2,
    .reverseV2: 3, .resizeBilinear: 2, .resizeNearestNeighbor: 2, .maximum: 2, .minimum: 2, .pack: 2,
    .tile: 3,
    .spaceToBatchND: 2, .batchToSpaceND: 2, .add: 2, .sub: 2, .tanh: 2, .logistic: 2, .equal: 2, .notEqual: 2,
    .less: 2, .lessEqual: 2, .greater: 2, .greaterEqual: 2, .batchMatMul: 2, .pad: 2, .padv2: 2,
    .concatenation: 2, .softmax: 2, .mean: 2, .mirrorPad: 2, .reduceMax: 2, .reduceMin: 2, .rsqrt: 2,
    .argMax: 2, .argMin: 2, .select: 2, .spaceToDepth: 2, .depthToSpace: 2, .splitV: 2, .sum: 2,
    .logSoftmax: 2, .squaredDifference: 2, .topkV2: 2, .broadcastTo: 3, .gather: 2,
  ]

  /// Versions for int16 activations, where they are not 1.
  private static let wide: [BuiltinOperator: Int32] = [
    .conv2D: 4, .depthwiseConv2D: 5, .fullyConnected: 7, .transposeConv: 3, .mul: 4, .maxPool2D: 3,
    .averagePool2D: 3, .transpose: 5, .split: 4, .slice: 4, .unpack: 4, .dequantize: 3, .quantize: 2, .abs: 3,
    .relu: 3, .relu6: 3, .resizeBilinear: 4, .resizeNearestNeighbor: 4, .maximum: 4, .minimum: 4, .pack: 3,
    .spaceToBatchND: 4, .batchToSpaceND: 4, .add: 3, .sub: 5, .tanh: 3, .logistic: 3, .leakyRelu: 2,
    .batchMatMul: 3, .pad: 3, .padv2: 3, .concatenation: 3, .softmax: 3, .mean: 3, .mirrorPad: 3,
    .reduceMax: 3,
    .reduceMin: 3, .gather: 4, .gatherND: 3, .topkV2: 3, .broadcastTo: 3, .equal: 4,
    .unidirectionalSequenceLSTM: 5,
  ]
}

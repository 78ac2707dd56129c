import GraphIR
import Tensors

/// What TFLM's kernels demand of a node besides its types.
///
/// Read off the kernels' `Prepare`, and confirmed with the tflite-micro Python package of October 2026.
enum KernelForm {
  /// Inputs that must be constants, by operator: their sizes must be known before the model runs.
  static let constantInputs: [BuiltinOperator: [Int]] = [
    .broadcastTo: [1], .expandDims: [1], .fill: [0], .pad: [1], .padv2: [1], .resizeBilinear: [1],
    .resizeNearestNeighbor: [1], .split: [0], .splitV: [2], .stridedSlice: [1, 2, 3], .transpose: [1],
  ]

  /// What the kernel does not do, as the end of a sentence; nil where nothing is wrong.
  static func refusal(of node: Node, in graph: Graph) -> String? {
    switch node.code.builtin {
    case .stridedSlice: stridedSlice(node, in: graph)
    case .transpose where rank(of: node, 0, in: graph) > 5: "transposes up to 5 dimensions"
    case .concatenation where node.attributes.integer("fused_activation_function") != 0,
      .l2Normalization where node.attributes.integer("fused_activation_function") != 0:
      "has no fused activation"
    case .fullyConnected: fullyConnected(node, in: graph)
    case .svdf where value(node, 3, in: graph) == nil: "reads a bias, which this one does not have"
    default: nil
    }
  }

  private static func stridedSlice(_ node: Node, in graph: Graph) -> String? {
    if rank(of: node, 0, in: graph) > 4 { return "slices up to 4 dimensions" }
    let masks = ["ellipsis_mask", "new_axis_mask"]
    if masks.contains(where: { node.attributes.integer($0) != 0 }) {
      return "knows no ellipsis and no new axes"
    }
    return node.attributes.bool("offset") ? "does not take ends as offsets" : nil
  }

  private static func fullyConnected(_ node: Node, in graph: Graph) -> String? {
    guard let weights = value(node, 1, in: graph), weights.elementType == .int4 else { return nil }
    return weights.quantization?.isPerChannel == true ? "takes int4 weights with one scale only" : nil
  }

  private static func rank(of node: Node, _ position: Int, in graph: Graph) -> Int {
    value(node, position, in: graph)?.dimensions?.count ?? 0
  }

  private static func value(_ node: Node, _ position: Int, in graph: Graph) -> Value? {
    guard node.inputs.indices.contains(position), let id = node.inputs[position] else { return nil }
    return graph[id]
  }
}

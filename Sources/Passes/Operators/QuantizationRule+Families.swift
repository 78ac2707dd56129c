import GraphIR
import Tensors

extension QuantizationRule {
  /// A kernel that takes any scales.
  static func rescaling(_ types: [ElementType]) -> QuantizationRule {
    .function(types, fixedOutput: .none, saturation: nil)
  }

  /// A kernel that works on stored numbers, whose scales must therefore be one.
  static func sharing(_ sharing: Sharing, _ types: [ElementType]) -> QuantizationRule {
    QuantizationRule(
      types: types, sharing: sharing, fixedOutput: .none, saturation: nil, clearedInt16Options: [],
      refusal: { _, _ in nil })
  }

  /// A function of each number.
  static func function(
    _ types: [ElementType], fixedOutput: FixedOutput, saturation: ClosedRange<Float>?
  ) -> QuantizationRule {
    QuantizationRule(
      types: types, sharing: .none, fixedOutput: fixedOutput, saturation: saturation, clearedInt16Options: [],
      refusal: { _, _ in nil })
  }

  /// Arithmetic of two operands, with an activation behind it.
  static func arithmetic(_ types: [ElementType], clearedInt16Options: [String]) -> QuantizationRule {
    QuantizationRule(
      types: types, sharing: .none, fixedOutput: .none, saturation: nil,
      clearedInt16Options: clearedInt16Options, refusal: { node, _ in unknownActivation(node) })
  }

  /// An operator with state, whose weights and states the rewriter quantizes in a way of their own.
  static func recurrent(_ types: [ElementType], refusal: @escaping Refusal) -> QuantizationRule {
    QuantizationRule(
      types: types, sharing: .none, fixedOutput: .none, saturation: nil, clearedInt16Options: [],
      refusal: refusal)
  }

  /// Symmetric int8 weights, by output channel, and an int32 bias (int64 beside int16 activations) of scale
  /// input · weights.
  static func layer(_ types: [ElementType], _ layer: LayerOperands) -> QuantizationRule {
    QuantizationRule(
      types: types, sharing: .none, fixedOutput: .none, saturation: nil, clearedInt16Options: []
    ) { node, graph in
      guard let weights = node.floatConstant(layer.filter, in: graph) else {
        return "its weights are not a float constant"
      }
      guard weights.dimensions?.indices.contains(layer.channelAxis) == true else {
        return "its weights have no channels"
      }
      guard node.operand(layer.bias) == nil || node.floatConstant(layer.bias, in: graph) != nil else {
        return "its bias is not a float constant"
      }
      if layer.kind == .dense && node.attributes.integer("weights_format") != 0 {
        return "its weights are shuffled"
      }
      return unknownActivation(node)
    }
  }

  private static func unknownActivation(_ node: Node) -> String? {
    let activation = node.attributes.integer("fused_activation_function")
    return (0...3).contains(activation) ? nil : "no kernel applies its fused activation \(activation)"
  }
}

extension Node {
  /// A float constant at an operand's position; nil where there is another value or none.
  func floatConstant(_ position: Int, in graph: Graph) -> Value? {
    guard let id = operand(position) else { return nil }
    let value = graph[id]
    guard value.isConstant, value.elementType == .float32, !value.isVariable, value.byteCount > 0 else {
      return nil
    }
    return value
  }
}

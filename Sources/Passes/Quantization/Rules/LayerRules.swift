import GraphIR
import Tensors

/// Operators with weights and a bias: symmetric int8 weights, by output channel, and an int32 bias
/// (int64 beside int16 activations) of scale input · weights.
enum LayerRules {
  static let all: [QuantizationRule] = [
    layer(.conv2D, input: 0, filter: 1, bias: 2, channelAxis: 0),
    layer(.depthwiseConv2D, input: 0, filter: 1, bias: 2, channelAxis: 3),
    layer(.transposeConv, input: 2, filter: 1, bias: 3, channelAxis: 0),
    layer(.fullyConnected, input: 0, filter: 1, bias: 2, channelAxis: 0),
    QuantizationRule(builtin: .batchMatMul, types: [.int8, .int16]),
  ]

  private static func layer(
    _ builtin: BuiltinOperator, input: Int, filter: Int, bias: Int, channelAxis: Int
  ) -> QuantizationRule {
    let layer = QuantizationRule.Layer(input: input, filter: filter, bias: bias, channelAxis: channelAxis)
    return QuantizationRule(builtin: builtin, types: [.int8, .int16], layer: layer) { node, graph in
      guard let weights = constant(node, filter, graph) else { return "its weights are not a float constant" }
      guard weights.dimensions?.indices.contains(channelAxis) == true else {
        return "its weights have no channels"
      }
      guard
        !node.inputs.indices.contains(bias) || node.inputs[bias] == nil || constant(node, bias, graph) != nil
      else { return "its bias is not a float constant" }
      if builtin == .fullyConnected && node.attributes.integer("weights_format") != 0 {
        return "its weights are shuffled"
      }
      let activation = node.attributes.integer("fused_activation_function")
      return (0...3).contains(activation) ? nil : "no kernel applies its fused activation \(activation)"
    }
  }

  /// A float constant at an operand's position.
  static func constant(_ node: Node, _ position: Int, _ graph: Graph) -> Value? {
    guard node.inputs.indices.contains(position), let id = node.inputs[position] else { return nil }
    let value = graph[id]
    return value.isConstant && value.elementType == .float32 && !value.isVariable ? value : nil
  }
}

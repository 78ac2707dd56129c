import GraphIR
import Operators
import Tensors

/// Which rule an operator has.
enum GradientRules {
  /// - Throws: `Unsupported` where there is none.
  static func rule(for id: NodeID, in graph: Graph) throws(GradientGraph.Unsupported) -> any GradientRule {
    let node = graph[id]
    let place = id.title(node.code.name)
    guard let output = node.outputs.first, graph[output].elementType == .float32,
      let activation = try? FusedActivation(node.attributes), activation.hasFloatRange,
      let rule = make(id, node, output, activation.floatRange, graph)
    else { throw GradientGraph.Unsupported(reason: "\(place) has no derivative in nnopt") }
    return rule
  }

  private static func make(
    _ id: NodeID, _ node: Node, _ output: ValueID, _ range: ClosedRange<Float>, _ graph: Graph
  ) -> (any GradientRule)? {
    let input = node.inputs.first.flatMap(\.self)
    switch node.code.builtin {
    case .conv2D, .fullyConnected, .depthwiseConv2D:
      guard let layer = LinearLayer(id, in: graph), let lanes = LaneLayer(layer) else { return nil }
      if case .depthwise = layer.kind { return DepthwiseGradient(layer: layer, lanes: lanes, range: range) }
      return ConvolutionGradient(layer: layer, lanes: lanes, range: range)
    case .add, .sub, .mul: return BinaryGradient(node, output, range, graph)
    case .relu, .relu6, .reluN1To1, .relu0To1, .leakyRelu, .logistic, .tanh:
      return input.flatMap { PointwiseGradient(node, $0, output) }
    case .maxPool2D, .averagePool2D: return PoolGradient(node, output, range, graph)
    case .mean, .sum: return ReductionGradient(node, output, graph)
    case .reshape, .squeeze, .expandDims, .concatenation, .pad: return CopyGradient(node, output, graph)
    default: return nil
    }
  }
}

extension FusedActivation {
  /// Whether the activation is none or a clamp.
  var hasFloatRange: Bool { self != .tanh && self != .signBit }
}

/// The clamp behind an operator: no derivative where it is at its ends.
enum ActivationClamp {
  static func forward(_ output: TensorBuffer<Float>, _ range: ClosedRange<Float>) {
    guard range.upperBound < .greatestFiniteMagnitude || range.lowerBound > -.greatestFiniteMagnitude else {
      return
    }
    VectorLoops.clamp(output, to: range, into: output)
  }

  /// Clears derivatives of clamped results.
  static func backward(
    _ gradient: TensorBuffer<Float>, _ output: TensorBuffer<Float>, _ range: ClosedRange<Float>
  ) {
    guard range.upperBound < .greatestFiniteMagnitude || range.lowerBound > -.greatestFiniteMagnitude else {
      return
    }
    VectorLoops.clearOutside(range, output, gradient)
  }
}

import GraphIR
import Operators
import Tensors

/// Which rule an operator has.
enum GradientRules {
  /// - Throws: `Unsupported` where there is none.
  static func rule(for id: NodeID, in graph: Graph) throws(GradientGraph.Unsupported) -> any GradientRule {
    let node = graph[id]
    let place = "\(graph.title(of: id)) has no derivative in nnopt"
    guard let output = node.outputs.first, graph[output].elementType == .float32 else {
      throw GradientGraph.Unsupported(reason: "\(place): its result is not float32")
    }
    let make: GradientFact.Make?
    switch node.passFacts?.gradient ?? .unwritten {
    case .rule(let rule): make = rule
    case .answer(_, let elsewhere): make = elsewhere
    case .none(let reason): throw GradientGraph.Unsupported(reason: "\(place): \(reason)")
    }
    let activation = FusedActivation(node.attributes)
    guard activation.hasFloatRange,
      let rule = make?(
        GradientOperands(id: id, node: node, output: output, range: activation.floatRange, graph: graph))
    else { throw GradientGraph.Unsupported(reason: place) }
    return rule
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

package import GraphIR
import Tensors

/// MAXIMUM and MINIMUM with constants as the activations that they are: max(x, 0) is RELU,
/// min(max(x, 0), 6) RELU6, min(max(x, −1), 1) RELU_N1_TO_1, in either order. As activations they can be
/// fused (see `FuseActivation`), RELU_N1_TO_1 only where it will be. Float only; exact.
package struct RecognizeRelu: RewriteRule {
  package static let name = "recognize-relu"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard let outer = Self.limit(id, context), let output = graph[id].outputs.first else { throw .noMatch }
      var range = outer.range
      var source = outer.operand
      var inner: NodeID?
      if let first = context.producer(of: outer.operand), let limit = Self.limit(first, context) {
        let both =
          max(
            range.lowerBound, limit.range.lowerBound)...max(
            max(range.lowerBound, limit.range.lowerBound), min(range.upperBound, limit.range.upperBound))
        // One limit after the other is their intersection only where they overlap.
        if limit.range.overlaps(range), both.upperBound > both.lowerBound, Self.builtin(both) != nil {
          (range, source, inner) = (both, limit.operand, first)
        }
      }
      guard let builtin = Self.builtin(range) else {
        guard range == 0...1 else { throw .noMatch }
        throw Refusal("TFLM has no RELU_0_TO_1")
      }
      guard context.dimensions(source) == context.dimensions(output) else { throw .noMatch }
      guard graph[id].code.builtin != builtin else { throw .noMatch }
      if let inner {
        try context.requireOnlyUse(of: outer.operand, by: id, "the result of \(context.label(inner))")
      }
      if builtin == .reluN1To1 { try Self.requireHost(of: source, behind: inner ?? id, context) }
      let names = inner.map { "with \(context.label($0)) " } ?? ""
      var edit = GraphEdit(of: graph, "\(names)made a \(builtin.name)")
      edit[id] = .making(builtin, [source], [output])
      if let inner { edit.remove(inner) }
      return edit
    }
  }

  /// Checks that the activation will be fused, as TFLM has no operator for it.
  private static func requireHost(
    of source: ValueID, behind id: NodeID, _ context: RewriteContext
  ) throws(Refusal) {
    guard let host = context.producer(of: source), context.activation(of: host) == 0,
      context.graph[host].passFacts?.appliesActivation == true, context.graph[host].options != nil,
      context.consumers[source.index] == [id], !context.isPort[source.index]
    else { throw Refusal("TFLM has no RELU_N1_TO_1, and nothing before it can take it as its activation") }
  }

  /// The numbers that a node lets through, and its operand, where it is a clamp on floats.
  private static func limit(
    _ id: NodeID, _ context: RewriteContext
  ) -> (range: ClosedRange<Float>, operand: ValueID)? {
    let infinity = Float.infinity
    guard let output = context.graph[id].outputs.first, context.isFloat(output) else { return nil }
    switch context.graph[id].code.builtin {
    case .relu: return context.ends(of: id).map { (0...infinity, $0.input) }
    case .relu6: return context.ends(of: id).map { (0...6, $0.input) }
    case .maximum, .minimum:
      for (operand, constant) in context.operandPairs(of: id, isCommutative: true) {
        guard let limit = context.uniform(constant), !limit.isNaN else { continue }
        return (context.graph[id].code.builtin == .maximum ? limit...infinity : -infinity...limit, operand)
      }
      return nil
    default: return nil
    }
  }

  private static func builtin(_ range: ClosedRange<Float>) -> BuiltinOperator? {
    if range == 0...Float.infinity { return .relu }
    if range == 0...6 { return .relu6 }
    return range == -1...1 ? .reluN1To1 : nil
  }
}

package import GraphIR
import Tensors

/// x / √max(Σx², 10⁻¹²) along the last axis as L2_NORMALIZATION, whose kernels divide by max(√Σx², 10⁻⁶).
///
/// Written as x · RSQRT(…) or x / SQRT(…), with SQUARE or x · x. Float only; answers change by the rounding of
/// the root.
package struct RecognizeL2Normalization: RewriteRule {
  package static let name = "recognize-l2-normalization"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard let output = graph[id].outputs.first, context.isFloat(output), context.activation(of: id) == 0,
        let (x, root) = Self.root(of: id, context), let rootNode = context.producer(of: root),
        let operand = context.ends(of: rootNode)?.input
      else { throw .noMatch }
      var inner = [root, operand]
      var sum = operand
      let maximum = context.node(.maximum, writing: operand)
      if let maximum {
        guard
          let pair = context.operandPairs(of: maximum, isCommutative: true).first(where: {
            context.uniform($0.1) != nil
          })
        else { throw .noMatch }
        sum = pair.0
        inner.append(sum)
      }
      guard let squared = Self.squared(sum, of: x, context) else { throw .noMatch }
      inner.append(squared)
      guard let maximum,
        let least = graph[maximum].inputs.compactMap({ $0 }).compactMap(context.uniform).first,
        abs(least - 1e-12) < 1e-15
      else {
        throw Refusal("it has another guard against a norm of zero than L2_NORMALIZATION's 1e-12")
      }
      guard context.dimensions(x) == context.dimensions(output) else { throw .noMatch }
      let options = Node.Options(.l2Norm, "L2NormOptions", [("fused_activation_function", 0)])
      return try context.replacing(
        id, OperatorPattern(operand: x, inner: inner), with: .making(.l2Normalization, [x], [output], options)
      )
    }
  }

  /// The operand, and the root by which a node divides it.
  private static func root(of id: NodeID, _ context: RewriteContext) -> (ValueID, ValueID)? {
    switch context.graph[id].code.builtin {
    case .mul:
      context.operandPairs(of: id, isCommutative: true).first { context.node(.rsqrt, writing: $0.1) != nil }
    case .div:
      context.operandPairs(of: id, isCommutative: false).first { context.node(.sqrt, writing: $0.1) != nil }
    default: nil
    }
  }

  /// The squares of x whose sum along the last axis, which stays, a value is.
  private static func squared(_ value: ValueID, of x: ValueID, _ context: RewriteContext) -> ValueID? {
    guard let sum = context.node(.sum, writing: value), context.graph[sum].attributes.bool("keep_dims"),
      let squares = context.input(0, of: context.graph[sum]), let rank = context.dimensions(x)?.count,
      let axes = context.integers(context.input(1, of: context.graph[sum])),
      axes == [rank - 1] || axes == [-1],
      let square = context.node(.square, .mul, writing: squares),
      context.graph[square].inputs.allSatisfy({ $0 == x }), context.activation(of: square) == 0
    else { return nil }
    return squares
  }
}

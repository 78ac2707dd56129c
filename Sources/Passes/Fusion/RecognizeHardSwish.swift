package import GraphIR
import Tensors

/// x · relu6(x + 3) / 6 as HARD_SWISH, whichever product or quotient comes first and whether the RELU6 is an
/// operator or fused into the ADD. Float only; answers change by one rounding.
package struct RecognizeHardSwish: RewriteRule {
  package static let name = "recognize-hard-swish"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      guard let output = context.graph[id].outputs.first, context.isFloat(output),
        context.activation(of: id) == 0, let pattern = Self.pattern(at: id, context)
      else { throw .noMatch }
      guard context.dimensions(pattern.operand) == context.dimensions(output) else { throw .noMatch }
      return try context.replacing(
        id, pattern,
        with: .making(.hardSwish, [pattern.operand], [output], .init(.hardSwish, "HardSwishOptions")))
    }
  }

  private static func pattern(at id: NodeID, _ context: RewriteContext) -> OperatorPattern? {
    if let (product, sixth) = sixth(of: id, context) {
      guard let node = context.node(.mul, writing: product), context.activation(of: node) == 0 else {
        return nil
      }
      for (x, factor) in context.operandPairs(of: node, isCommutative: true) {
        if let clamped = clampedSum(factor, x, context) {
          return OperatorPattern(operand: x, inner: [sixth, product, factor] + clamped)
        }
      }
      return nil
    }
    guard context.graph[id].code.builtin == .mul else { return nil }
    for (x, factor) in context.operandPairs(of: id, isCommutative: true) {
      guard let node = context.node(.mul, .div, writing: factor), context.activation(of: node) == 0,
        let (clamped, _) = sixth(of: node, context), let sum = clampedSum(clamped, x, context)
      else { continue }
      return OperatorPattern(operand: x, inner: [factor, clamped] + sum)
    }
    return nil
  }

  /// The operand that a node divides by 6, and the constant.
  private static func sixth(of id: NodeID, _ context: RewriteContext) -> (ValueID, ValueID)? {
    let isProduct = context.graph[id].code.builtin == .mul
    guard isProduct || context.graph[id].code.builtin == .div else { return nil }
    return context.operandPairs(of: id, isCommutative: isProduct).first { pair in
      context.uniform(pair.1).map { abs((isProduct ? 1 / $0 : $0) - 6) < 1e-4 } ?? false
    }
  }

  /// Values within relu6(x + 3), if a value is that.
  private static func clampedSum(_ value: ValueID, _ x: ValueID, _ context: RewriteContext) -> [ValueID]? {
    var inner: [ValueID] = []
    var sum = value
    if let clamp = context.node(.relu6, writing: value), let operand = context.ends(of: clamp)?.input {
      inner = [operand]
      sum = operand
    }
    guard let add = context.node(.add, writing: sum), context.activation(of: add) == (inner.isEmpty ? 3 : 0),
      context.operandPairs(of: add, isCommutative: true).contains(where: {
        $0.0 == x && context.uniform($0.1) == 3
      })
    else { return nil }
    return inner
  }
}

package import GraphIR
import Tensors

/// max(x, α·x) with α ≤ 1, and PRELU whose slopes are all α, as LEAKY_RELU.
///
/// For x ≥ 0 the larger of x and α·x is x, for x < 0 it is α·x. Float only; exact. On integers MAXIMUM and MUL
/// or PRELU round in other places than LEAKY_RELU.
package struct RecognizeLeakyRelu: RewriteRule {
  package static let name = "recognize-leaky-relu"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      guard let output = context.graph[id].outputs.first else { throw .noMatch }
      guard let (pattern, slope) = Self.maximum(at: id, context) ?? Self.uniformPrelu(id, context) else {
        throw .noMatch
      }
      guard context.isFloat(output, pattern.operand) else { throw .noMatch }
      guard context.dimensions(pattern.operand) == context.dimensions(output) else { throw .noMatch }
      guard slope <= 1 || context.graph[id].code.builtin == .prelu else {
        throw Refusal("the slope \(slope) is above 1, so that MAXIMUM takes the other side")
      }
      let options = Record("LeakyReluOptions", [.init(name: "alpha", value: .real(Double(slope)))])
      return try context.replacing(
        id, pattern, with: .making(.leakyRelu, [pattern.operand], [output], .init(.leakyRelu, options)))
    }
  }

  private static func maximum(at id: NodeID, _ context: RewriteContext) -> (OperatorPattern, Float)? {
    guard context.graph[id].code.builtin == .maximum else { return nil }
    for (x, product) in context.operandPairs(of: id, isCommutative: true) {
      guard let mul = context.node(.mul, writing: product), context.activation(of: mul) == 0 else { continue }
      for (factor, constant) in context.operandPairs(of: mul, isCommutative: true) where factor == x {
        guard let slope = context.uniform(constant), slope.isFinite else { continue }
        return (OperatorPattern(operand: x, inner: [product]), slope)
      }
    }
    return nil
  }

  private static func uniformPrelu(_ id: NodeID, _ context: RewriteContext) -> (OperatorPattern, Float)? {
    guard context.graph[id].code.builtin == .prelu, let x = context.input(0, of: context.graph[id]),
      let slopes = context.input(1, of: context.graph[id]), let slope = context.uniform(slopes),
      slope.isFinite
    else { return nil }
    return (OperatorPattern(operand: x, inner: []), slope)
  }
}

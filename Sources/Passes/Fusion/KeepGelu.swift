package import GraphIR
import Tensors

/// Says of x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³))), which is GELU, why it stays a chain: TFLM has no GELU,
/// so that one operator in its place would keep the model from running there.
package struct KeepGelu: RewriteRule {
  package static let name = "keep-gelu"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    guard context.graph[id].code.builtin == .tanh, let input = context.ends(of: id)?.input,
      let product = context.node(.mul, writing: input),
      context.graph[product].inputs.compactMap({ $0 }).compactMap(context.uniform).contains(where: {
        abs($0 - 0.797_884_56) < 1e-4
      })
    else { return .none }
    return .refused("TFLM has no GELU, so that its chain of operators stays")
  }
}

package import GraphIR

/// Leaves out operands at the end that are marked as absent, where the operator may have fewer.
///
/// LiteRT's CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV take a third or fourth operand for a bias, and refuse the
/// model where it is none; so does TFLM's DEPTHWISE_CONV_2D. (CONV_2D gets one of zeros then: `GiveBias`.)
/// FULLY_CONNECTED keeps its: converters write it so, and fewer operands ask for a later version. Operators with state
/// have operands by position.
package struct DropAbsentOperands: RewriteRule {
  package static let name = "drop-absent-operands"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    let node = context.graph[id]
    let inputs = Self.operands(of: node)
    guard inputs.count < node.inputs.count else { return .none }
    var edit = GraphEdit(of: context.graph, "without \(node.inputs.count - inputs.count) absent operands")
    edit[id].inputs = inputs
    return .found(edit)
  }

  /// The operands without those that are left out.
  static func operands(of node: Node) -> [ValueID?] {
    guard let least = OperatorArity(of: node.code.builtin)?.inputs.lowerBound, least > 0,
      node.code.builtin != .fullyConnected, node.passFacts?.recurrence == nil
    else { return node.inputs }
    var inputs = node.inputs
    while inputs.count > least, inputs.last == .some(nil) { inputs.removeLast() }
    return inputs
  }
}

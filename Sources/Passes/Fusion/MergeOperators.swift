package import GraphIR
import Tensors

/// Operators that compute the same from the same: one is enough, the readers of the other read its results.
///
/// Equal code, options and operands, no effects, and results of the same type, shape and quantization; exact.
package struct MergeOperators: RewriteRule {
  package static let name = "merge-operators"

  /// Readers of one value that are compared with another: a bound for models that no tool made.
  static let comparisonLimit = 64

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let node = graph[id]
      guard let operand = node.inputs.compactMap(\.self).first(where: { !context.isConstant($0) }),
        context.effects[id.index].isPure, node.calledGraphs.isEmpty, node.code.builtin != .custom
      else { throw .noMatch }
      let others = context.consumers[operand.index].prefix(Self.comparisonLimit)
      guard let twin = others.first(where: { $0 < id && Self.areEqual($0, id, context) }) else {
        throw .noMatch
      }
      for output in node.outputs where context.isPort[output.index] {
        throw Refusal("it gives what \(context.label(twin)) gives, but its result is an output of the model")
      }
      var edit = GraphEdit(of: graph, "gives what \(context.label(twin)) gives")
      for (output, other) in zip(node.outputs, graph[twin].outputs) { edit.redirect(output, to: other) }
      edit.remove(id)
      return edit
    }
  }

  private static func areEqual(_ first: NodeID, _ second: NodeID, _ context: RewriteContext) -> Bool {
    let (left, right) = (context.graph[first], context.graph[second])
    guard left.code == right.code, left.options == right.options, left.options2 == right.options2,
      left.customOptions == right.customOptions, left.outputs.count == right.outputs.count,
      left.inputs.count == right.inputs.count, context.effects[first.index].isPure
    else { return false }
    let areOperandsEqual = zip(left.inputs, right.inputs).allSatisfy { isSame($0, $1, context) }
    return areOperandsEqual
      && zip(left.outputs, right.outputs).allSatisfy {
        context.haveEqualStorage($0, $1) && context.dimensions($0) == context.dimensions($1)
      }
  }

  /// Whether two operands are one value, or constants of the same bytes.
  private static func isSame(_ left: ValueID?, _ right: ValueID?, _ context: RewriteContext) -> Bool {
    guard let left, let right, left != right else { return left == right }
    guard context.isConstant(left), context.isConstant(right), context.haveEqualStorage(left, right),
      context.dimensions(left) == context.dimensions(right)
    else { return false }
    return context.graph[left].data.bytes == context.graph[right].data.bytes
  }
}

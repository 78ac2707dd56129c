package import GraphIR
import Tensors

/// CONCATENATION of more parts than TFLM's kernel joins: the first ones are joined before, ten at a time.
///
/// concat(a₁ … aₙ) = concat(concat(a₁ … a₁₀), a₁₁ … aₙ); exact for all types. It costs a second copy of what is
/// joined before, and lets the model run.
package struct SplitConcatenation: RewriteRule {
  package static let name = "split-concatenation"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let node = graph[id]
      let count = MergeConcatenations.largestCount
      guard node.code.builtin == .concatenation, node.inputs.count > count, let output = node.outputs.first,
        let axis = MergeConcatenations.axis(id, context)
      else { throw .noMatch }
      let first = Array(node.inputs.prefix(count))
      guard node.inputs.allSatisfy({ $0.map { context.haveEqualStorage($0, output) } ?? false }) else {
        throw Refusal("TFLM joins at most \(count) parts, but these have other scales or zero points")
      }
      let sizes = first.compactMap { $0.flatMap(context.dimensions) }.compactMap { shape in
        shape.indices.contains(axis) ? shape[axis] : nil
      }
      var joined = graph[output]
      guard sizes.count == count, joined.dimensions?.indices.contains(axis) == true else { throw .noMatch }
      joined.name = joined.name.map { "\($0)/parts" }
      joined.dimensions?[axis] = Int32(clamping: sizes.reduce(0, +))
      joined.shapeSignature = nil
      var edit = GraphEdit(
        of: graph, "\(count) of \(node.inputs.count) parts joined before: TFLM takes no more")
      let value = edit.add(joined)
      var before = node
      before.inputs = first
      before.options?.record["fused_activation_function"] = nil
      var behind = node
      behind.inputs = [value] + node.inputs.dropFirst(count)
      edit.insert(before.writing(value), before: id)
      edit[id] = behind
      return edit
    }
  }
}

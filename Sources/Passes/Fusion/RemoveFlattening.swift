package import GraphIR
import Tensors

/// RESHAPE before FULLY_CONNECTED, which reads its input as rows of the weights' depth whatever its shape is.
///
/// Exact for all types; not where `keep_num_dims` gives the result the operand's axes.
package struct RemoveFlattening: RewriteRule {
  package static let name = "remove-flattening"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard graph[id].code.builtin == .fullyConnected, let flat = context.input(0, of: graph[id]),
        let reshape = context.node(.reshape, .squeeze, .expandDims, writing: flat),
        let source = context.ends(of: reshape)?.input, context.haveEqualStorage(source, flat)
      else { throw .noMatch }
      guard !graph[id].attributes.bool("keep_num_dims") else {
        throw Refusal("it keeps the axes that \(context.label(reshape)) gives")
      }
      guard let rank = context.dimensions(source)?.count, rank > 1 else {
        throw Refusal("without \(context.label(reshape)) its operand would have no rows")
      }
      try context.requireOnlyUse(of: flat, by: id, "the result of \(context.label(reshape))")
      var edit = GraphEdit(of: graph, "\(context.label(reshape)) left out: rows are read in any shape")
      edit[id] = graph[id].reading(source)
      edit.remove(reshape)
      return edit
    }
  }
}

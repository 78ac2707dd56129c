package import GraphIR
import Tensors

/// RESHAPE, SQUEEZE and EXPAND_DIMS in a row: the last one decides, because none moves an element.
///
/// reshape(reshape(x)) = reshape(x); exact for all types.
package struct CollapseReshapes: RewriteRule {
  package static let name = "collapse-reshapes"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard Self.isReshape(graph[id]), let ends = context.ends(of: id),
        let first = context.node(.reshape, .squeeze, .expandDims, writing: ends.input),
        let source = context.ends(of: first)?.input,
        graph[source].elementType == graph[ends.output].elementType
      else { throw .noMatch }
      try context.requireOnlyUse(of: ends.input, by: id, "the result of \(context.label(first))")
      var edit = GraphEdit(of: graph, "\(context.label(first)) left out")
      let isFixed = graph[id].code.builtin == .reshape
      edit[id] =
        isFixed
        ? graph[id].reading(source) : .reshape(source, to: ends.output, in: graph, &edit)
      edit.remove(first)
      return edit
    }
  }

  /// Whether a node only gives another shape.
  static func isReshape(_ node: Node) -> Bool { node.passFacts?.movement == .reshapes }
}

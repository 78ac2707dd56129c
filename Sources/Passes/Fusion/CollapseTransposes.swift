package import GraphIR
import Tensors

/// TRANSPOSE of TRANSPOSE: axis i of the result is axis p(q(i)) of the operand, p the first order and q the
/// second. Exact for all types.
package struct CollapseTransposes: RewriteRule {
  package static let name = "collapse-transposes"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard graph[id].code.builtin == .transpose, let middle = context.input(0, of: graph[id]),
        let first = context.node(.transpose, writing: middle), let source = context.input(0, of: graph[first])
      else { throw .noMatch }
      guard let inner = context.transposition(first), let outer = context.transposition(id),
        inner.count == outer.count
      else { throw Refusal("an order of axes is computed") }
      try context.requireOnlyUse(of: middle, by: id, "the result of \(context.label(first))")
      var edit = GraphEdit(of: graph, "\(context.label(first)) left out")
      let name = graph[id].inputs[1].flatMap { graph[$0].name }
      let order = edit.add(Value.integers(name, outer.map { inner[$0] }))
      edit[id] = graph[id].reading(source).reading(order, at: 1)
      edit.remove(first)
      return edit
    }
  }
}

/// TRANSPOSE that moves axes of size 1 only is a RESHAPE: the elements stay in their order. Exact for all
/// types, and a plain copy instead of a gather.
package struct ReshapeInsteadOfTranspose: RewriteRule {
  package static let name = "reshape-instead-of-transpose"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard graph[id].code.builtin == .transpose, let ends = context.ends(of: id),
        let order = context.transposition(id), let shape = context.dimensions(ends.input),
        order.count == shape.count
      else { throw .noMatch }
      let moved = order.filter { shape[$0] != 1 }
      guard moved == moved.sorted(), context.haveEqualStorage(ends.input, ends.output) else { throw .noMatch }
      var edit = GraphEdit(of: graph, "made a RESHAPE: only axes of size 1 move")
      edit[id] = .reshape(ends.input, to: ends.output, in: graph, &edit)
      return edit
    }
  }
}

extension RewriteContext {
  /// The order of axes of a TRANSPOSE, none negative, where it is constant.
  fileprivate func transposition(_ id: NodeID) -> [Int]? {
    guard let order = integers(input(1, of: graph[id])) else { return nil }
    let axes = order.map { $0 < 0 ? $0 + order.count : $0 }
    return axes.sorted() == Array(0..<order.count) ? axes : nil
  }
}

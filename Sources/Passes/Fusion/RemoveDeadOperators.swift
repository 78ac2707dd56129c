package import GraphIR

/// An operator whose results nobody reads and that changes no state.
package struct RemoveDeadOperators: RewriteRule {
  package static let name = "remove-dead-operators"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    let node = context.graph[id]
    let isRead = node.outputs.contains { value in
      context.isPort[value.index] || !context.consumers[value.index].isEmpty
        || context.graph[value].isVariable
    }
    guard !isRead, context.effects[id.index].writes.isEmpty else { return .none }
    var edit = GraphEdit(of: context.graph, "removed: nobody reads what it gives")
    edit.remove(id)
    return .found(edit)
  }
}

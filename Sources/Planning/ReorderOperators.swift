package import GraphIR

/// Puts a model's operators into the order of a plan.
package enum ReorderOperators {
  /// Reorders the nodes of every graph.
  ///
  /// - Parameter orders: for every graph, all its nodes in the new order.
  /// - Returns: the names of metadata entries that were dropped because they described the old order.
  package static func apply(_ orders: [[NodeID]], to model: inout Model) -> [String] {
    var edit = ModelEdit(of: model)
    for (index, order) in orders.enumerated() { edit.graphs[index].reorder(order) }
    let names = (model.metadata ?? []).compactMap(\.name)
    model.apply(edit)
    let kept = Set((model.metadata ?? []).compactMap(\.name))
    return names.filter { !kept.contains($0) }
  }
}

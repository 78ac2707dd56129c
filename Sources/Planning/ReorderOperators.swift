package import GraphIR

/// Puts a model's operators into the order of a plan.
package enum ReorderOperators {
  /// Metadata that names offsets or operators of the old order and would be wrong in the new one.
  package static let orderBoundMetadata: Set<String> = [
    "OfflineMemoryAllocation", "model_control_dependencies",
  ]

  /// Reorders the nodes of every graph.
  ///
  /// - Parameter orders: for every graph, all its nodes in the new order.
  /// - Returns: the names of metadata entries that were dropped because they described the old order.
  package static func apply(_ orders: [[NodeID]], to model: inout Model) -> [String] {
    var isChanged = false
    for (index, order) in orders.enumerated() {
      let nodes = model.graphs[index].nodes
      precondition(order.map(\.index).sorted() == Array(nodes.indices), "an order holds every node once")
      if order.map(\.index) == Array(nodes.indices) { continue }
      isChanged = true
      model.graphs[index].nodes = order.map { nodes[$0.index] }
    }
    guard isChanged, let metadata = model.metadata else { return [] }
    let dropped = metadata.compactMap(\.name).filter(orderBoundMetadata.contains)
    model.metadata = metadata.filter { $0.name.map { !orderBoundMetadata.contains($0) } ?? true }
    return dropped
  }
}

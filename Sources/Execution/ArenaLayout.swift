package import GraphIR

/// In which order an interpreter runs operators, and where their tensors stand.
package struct ArenaLayout: Sendable {
  /// The order of the nodes, by graph.
  package let orders: [[NodeID]]
  /// Bytes from the arena's start, by graph and value; nil for a value that has memory of its own.
  package let offsets: [[Int?]]
  /// Bytes of the arena.
  package let byteCount: Int

  package init(orders: [[NodeID]], offsets: [[Int?]], byteCount: Int) {
    self.orders = orders
    self.offsets = offsets
    self.byteCount = byteCount
  }

  /// The file's order, and memory of its own for every tensor.
  package static func separate(_ model: Model) -> ArenaLayout {
    ArenaLayout(
      orders: model.graphs.map { $0.nodes.indices.map(NodeID.init) },
      offsets: model.graphs.map { $0.values.map { _ in nil } }, byteCount: 0)
  }
}

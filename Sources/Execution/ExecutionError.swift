package import GraphIR
package import Operators

/// Why a model cannot be run, or a run failed.
package enum ExecutionError: Error, Equatable, Sendable {
  /// An operator that its kernel does not take, with the kernel's reason.
  case node(graph: GraphID, node: NodeID, name: String, reason: KernelError)
  /// A model without a graph, or one whose tensors have no size.
  case invalidModel(String)
  /// An input of the wrong number or size.
  case invalidInput(String)
}

extension ExecutionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .node(let graph, let node, let name, let reason):
      let place = graph.index == 0 ? "" : "subgraph \(graph.index), "
      return "\(place)\(node.title(name)): \(reason)"
    case .invalidModel(let reason), .invalidInput(let reason): return reason
    }
  }
}

package import Execution
import GraphIR

extension MemoryPlan {
  /// Where an interpreter puts the tensors of the plan; values that the plan leaves out get memory of
  /// their own.
  ///
  /// - Parameter valueCounts: how many values each graph of the model has.
  package func arenaLayout(valueCounts: [Int]) -> ArenaLayout {
    var offsets = valueCounts.map { [Int?](repeating: nil, count: $0) }
    for tensor in tensors { offsets[tensor.graph.index][tensor.value.index] = tensor.offset }
    return ArenaLayout(orders: orders, offsets: offsets, byteCount: arenaBytes)
  }
}

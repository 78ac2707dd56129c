import GraphIR
import Tensors

/// Weights that a file stores as float16 and dequantizes while it runs.
enum HalfPrecision {
  /// Replaces each DEQUANTIZE of a float16 constant by its result.
  static func folding(_ graph: Graph) -> GraphEdit {
    var edit = GraphEdit(of: graph)
    for (index, node) in graph.nodes.enumerated() {
      guard node.code.builtin == .dequantize, let input = node.inputs.first ?? nil,
        let output = node.outputs.first,
        graph[input].isConstant, graph[input].elementType == .float16
      else { continue }
      let halves = graph[input].data.elements(Float16.self)
      edit[output].data = TensorData(LittleEndian.bytes(halves.map { Float($0) }))
      edit.remove(NodeID(index))
    }
    return edit
  }
}

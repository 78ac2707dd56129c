import GraphIR
import Tensors

/// Weights that a file stores as float16 and dequantizes while it runs.
enum HalfPrecision {
  /// Replaces each DEQUANTIZE of a float16 constant by its result.
  ///
  /// - Returns: how many there were.
  static func fold(_ graph: inout Graph) -> Int {
    let count = graph.nodes.count
    var values = graph.values
    graph.nodes.removeAll { node in
      guard node.code.builtin == .dequantize, let input = node.inputs.first ?? nil,
        let output = node.outputs.first,
        values[input.index].isConstant, values[input.index].elementType == .float16
      else { return false }
      let halves = values[input.index].data.elements(Float16.self)
      values[output.index].data = TensorData(LittleEndian.bytes(halves.map { Float($0) }))
      return true
    }
    graph.values = values
    return count - graph.nodes.count
  }
}

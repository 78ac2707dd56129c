package import GraphIR
import Tensors

/// A CONV_2D of integers without bias gets one of zeros: LiteRT takes none without; exact.
package struct GiveBias: RewriteRule {
  package static let name = "give-bias"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    let node = context.graph[id]
    guard node.code.builtin == .conv2D, node.inputs.count == 2, let input = node.inputs[0],
      let filter = node.inputs[1], let channels = context.graph[filter].dimensions?.first,
      let inputScale = context.graph[input].quantization?.scales?.first,
      let scales = context.graph[filter].quantization?.scales, !scales.isEmpty
    else { return .none }
    let type: ElementType
    switch context.graph[input].elementType {
    case .int8, .uint8: type = .int32
    case .int16: type = .int64
    default: return .none
    }
    var bias = Value(
      name: context.graph[filter].name.map { "\($0)/bias" }, dimensions: [channels], elementType: type,
      quantization: Quantization(
        scales: scales.map { $0 * inputScale }, zeroPoints: [Int64](repeating: 0, count: scales.count)))
    bias.data = TensorData([UInt8](repeating: 0, count: bias.byteCount))
    var edit = GraphEdit(of: context.graph, "with a bias of zeros, without which LiteRT refuses it")
    edit[id].inputs = [input, filter, edit.add(bias)]
    return .found(edit)
  }
}

package import GraphIR
import Tensors

/// A CONV_2D without bias gets one of zeros: LiteRT refuses it without, though the format does not; exact.
package struct GiveBias: RewriteRule {
  package static let name = "give-bias"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    let node = context.graph[id]
    guard node.code.builtin == .conv2D, node.inputs.count == 2, let input = node.inputs[0],
      let filter = node.inputs[1], let bias = Self.bias(of: context.graph[input], context.graph[filter])
    else { return .none }
    var edit = GraphEdit(of: context.graph, "with a bias of zeros, without which LiteRT refuses it")
    edit[id].inputs = [input, filter, edit.add(bias)]
    return .found(edit)
  }

  /// A bias of zeros for a layer whose filter has its output channels first; nil where the types are not those of one.
  static func bias(of input: Value, _ filter: Value) -> Value? {
    guard let channels = filter.dimensions?.first else { return nil }
    var bias = Value(name: filter.name.map { "\($0)/bias" }, dimensions: [channels], elementType: .float32)
    switch input.elementType {
    case .float32: break
    case .int8, .uint8, .int16:
      guard let inputScale = input.quantization?.scales?.first, let scales = filter.quantization?.scales,
        !scales.isEmpty
      else { return nil }
      bias.elementType = input.elementType == .int16 ? .int64 : .int32
      bias.quantization = Quantization(
        scales: scales.map { $0 * inputScale }, zeroPoints: [Int64](repeating: 0, count: scales.count))
    default: return nil
    }
    bias.data = TensorData([UInt8](repeating: 0, count: bias.byteCount))
    return bias
  }
}

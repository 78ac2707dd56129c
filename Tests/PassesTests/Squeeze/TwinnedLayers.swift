import Tensors

@testable import GraphIR
@testable import Passes

/// Gives channels of layers what others have.
enum TwinnedLayers {
  /// The channel that one copies, in every layer of as many.
  static func original(_ channel: Int) -> Int {
    if channel % 5 == 4 { return 0 }
    return channel % 3 == 2 && channel % 5 != 0 ? channel - 1 : channel
  }

  /// Gives channels of every layer the weights, biases and scales of others, and makes weights smaller.
  static func twinned(_ model: Model, dividing divisor: Int) -> Model {
    var edit = GraphEdit(of: model.graphs[0])
    for node in model.graphs[0].nodes {
      guard let layer = node.passFacts?.layer, let filter = node.operand(layer.filter) else { continue }
      edit[filter] = twinned(edit[filter], isDepthwise: layer.kind == .depthwise, dividing: divisor)
      if let bias = node.operand(layer.bias), let numbers = edit[bias].numbers {
        let copies = numbers.indices.map { numbers[original($0)] }
        edit[bias].data = TensorData(edit[bias].elementType.bytes(of: copies))
      }
    }
    var result = model
    result.apply(edit, to: GraphID(0))
    return result
  }

  private static func twinned(_ filter: Value, isDepthwise: Bool, dividing divisor: Int) -> Value {
    var filter = filter
    guard let shape = filter.shape, let numbers = filter.numbers else { return filter }
    let outputs = isDepthwise ? shape[shape.rank - 1] : shape[0]
    let zero = Double(filter.quantization?.zeroPoints?.first ?? 0)
    let smaller =
      filter.elementType == .float32
      ? numbers : numbers.map { (($0 - zero) / Double(divisor)).rounded(.towardZero) + zero }
    let inner = isDepthwise ? 1 : numbers.count / outputs
    filter.data = TensorData(
      filter.elementType.bytes(
        of: numbers.indices.map { index in
          let channel = index / inner % outputs
          return smaller[index + (original(channel) - channel) * inner]
        }))
    if let scales = filter.quantization?.scales, scales.count == outputs {
      filter.quantization?.scales = scales.indices.map { scales[original($0)] }
    }
    return filter
  }
}

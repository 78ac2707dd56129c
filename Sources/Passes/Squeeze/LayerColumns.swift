import GraphIR
import Tensors

/// The weights of a layer by the input's channel, and what constant channels would add to its biases.
struct LayerColumns {
  let layer: StoredLayer
  /// Whether a weight that is not zero meets the channel.
  private var isRead: [Bool]
  /// Output channels that are no longer there.
  private var lost: Set<Int> = []
  /// What the biases may reach at most, by output channel, with the channels that were let go.
  private var bounds: [Double]

  init(_ layer: StoredLayer) {
    self.layer = layer
    isRead = layer.readChannels(without: [])
    bounds = (0..<layer.outputCount).map { abs(layer.bias($0)) }
  }

  /// Whether no weight meets some channel.
  var hasUnread: Bool { isRead.contains(false) }

  /// Leaves output channels out: what only they read is read no more.
  mutating func lose(_ outputs: Set<Int>) {
    lost.formUnion(outputs)
    isRead = layer.readChannels(without: lost)
  }

  /// Why a layer needs a channel: what it does.
  enum Need: String {
    case varies = "reads channels that go with them and vary"
    case spreads = "spreads it over all its channels"
    case borders = "reads zeros beside them at the borders"
    case rounding = "has no bias, and rounds otherwise with one"
    case size = "would have a bias beyond 32 bits"
  }

  /// Lets a channel go, or says why the layer needs it.
  ///
  /// - Parameter constant: the number that the channel always holds; nil where it holds several.
  mutating func release(_ channel: Int, constant: Double?, in graph: Graph) -> Need? {
    guard isRead[channel] else { return nil }
    guard let constant, constant.isFinite else { return .varies }
    let factor = constant + Double(layer.arithmetic.inputOffset)
    guard factor != 0 else { return nil }
    if layer.isDepthwise { return .spreads }
    if layer.arithmetic.isPadded { return .borders }
    if layer.bias == nil, graph[layer.input].elementType == .int16 { return .rounding }
    let additions = bounds.indices.map { abs(factor * layer.sum($0, over: channel)) }
    let limit = graph[layer.output].elementType == .float32 ? Double.infinity : Double(Int32.max)
    guard zip(bounds, additions).allSatisfy({ $0 + $1 <= limit }) else { return .size }
    for output in bounds.indices { bounds[output] += additions[output] }
    return nil
  }

  /// Adds what channels contribute to the layer's biases.
  func fold(_ channels: [(channel: Int, constant: Double)], into edit: inout GraphEdit) {
    var biases = (0..<layer.outputCount).map(layer.bias)
    for (channel, constant) in channels where isRead[channel] {
      let factor = constant + Double(layer.arithmetic.inputOffset)
      for output in biases.indices { biases[output] += factor * layer.sum(output, over: channel) }
    }
    guard biases != (0..<layer.outputCount).map(layer.bias) else { return }
    let node = edit[layer.node]
    if let bias = node.operand(layer.operands.bias) {
      edit[bias].data = TensorData(edit[bias].elementType.bytes(of: biases))
    } else {
      addBias(biases, to: &edit)
    }
  }

  private func addBias(_ biases: [Double], to edit: inout GraphEdit) {
    guard var value = GiveBias.bias(of: edit[layer.input], edit[layer.filter]) else { return }
    value.name = edit[layer.output].name.map { $0 + "/bias" }
    value.data = TensorData(value.elementType.bytes(of: biases))
    let position = layer.operands.bias
    while edit[layer.node].inputs.count <= position { edit[layer.node].inputs.append(nil) }
    edit[layer.node].inputs[position] = edit.add(value)
  }
}

extension ElementType {
  /// Numbers as a file stores them, little-endian; none for types that hold no channels or biases.
  func bytes(of numbers: [Double]) -> [UInt8] {
    switch self {
    case .float32: numbers.map { Float($0).bitPattern }.littleEndianBytes
    case .int8: numbers.map { UInt8(bitPattern: Int8($0)) }
    case .uint8: numbers.map { UInt8($0) }
    case .int16: numbers.map { Int16($0) }.littleEndianBytes
    case .int32: numbers.map { Int32($0) }.littleEndianBytes
    case .int64: numbers.map { Int64($0) }.littleEndianBytes
    default: []
    }
  }
}

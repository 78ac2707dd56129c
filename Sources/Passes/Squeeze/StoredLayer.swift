import GraphIR
import Operators
import Tensors

/// A layer with constant weights as it is stored: for each output channel the numbers that meet the input's channels.
struct StoredLayer {
  let node: NodeID
  let operands: LayerOperands
  let input: ValueID
  let filter: ValueID
  let bias: ValueID?
  let output: ValueID
  let arithmetic: LayerArithmetic
  let outputCount: Int
  /// The input's channels.
  let inputCount: Int
  /// Weights of an output channel; `inputCount` divides it, except in a depthwise layer.
  let rowLength: Int

  private let weights: [Double]
  private let biases: [Double]

  var isDepthwise: Bool { operands.kind == .depthwise }

  /// - Returns: nil for other operators, and for weights that are computed, coded or of types that no arithmetic knows.
  init?(_ id: NodeID, in graph: Graph) {
    let node = graph[id]
    guard let operands = node.passFacts?.layer, operands.kind != .transposed,
      let input = node.operand(operands.input), let filter = node.operand(operands.filter),
      let output = node.outputs.first, let shape = graph[filter].shape, shape.elementCount > 0,
      let weights = graph[filter].numbers, weights.count == shape.elementCount,
      let arithmetic = LayerArithmetic(node, in: graph)
    else { return nil }
    let isDepthwise = operands.kind == .depthwise
    let outputs = isDepthwise ? shape.dimensions.last ?? 0 : shape.dimensions.first ?? 0
    let channels = ChannelLinks.channelCount(of: graph[input])
    guard outputs > 0, channels > 0, ChannelLinks.channelCount(of: graph[output]) == outputs else {
      return nil
    }
    let length = weights.count / outputs
    guard isDepthwise ? outputs % channels == 0 : length % channels == 0 else { return nil }
    bias = node.operand(operands.bias)
    let biases = bias.map { graph[$0].numbers }
    if let biases, biases?.count != outputs { return nil }
    self.node = id
    self.operands = operands
    (self.input, self.filter, self.output, self.arithmetic) = (input, filter, output, arithmetic)
    (outputCount, inputCount, rowLength) = (outputs, channels, length)
    self.weights = weights
    self.biases = (biases ?? nil) ?? [Double](repeating: 0, count: outputs)
  }

  /// The bias of an output channel; 0 without one.
  func bias(_ output: Int) -> Double { biases[output] }

  /// Calls back with the input's channel and what its numbers are multiplied with, for every weight of an output channel.
  @inline(__always)
  func forEachWeight(_ output: Int, _ body: (_ channel: Int, _ weight: Double) -> Void) {
    let offset = Double(arithmetic.filterOffset)
    if isDepthwise {
      let channel = output / (outputCount / inputCount)
      for tap in 0..<rowLength { body(channel, weights[tap * outputCount + output] + offset) }
    } else {
      var channel = 0
      for index in (output * rowLength)..<((output + 1) * rowLength) {
        body(channel, weights[index] + offset)
        channel += 1
        if channel == inputCount { channel = 0 }
      }
    }
  }

  /// Whether a weight that is not zero meets a channel of the input, by channel.
  func readChannels(without lost: Set<Int>) -> [Bool] {
    var isRead = [Bool](repeating: false, count: inputCount)
    var missing = inputCount
    for output in 0..<outputCount where missing > 0 && !lost.contains(output) {
      forEachWeight(output) { channel, weight in
        guard weight != 0, !isRead[channel] else { return }
        isRead[channel] = true
        missing -= 1
      }
    }
    return isRead
  }

  /// What an output channel's weights for a channel of the input come to, over all taps; of layers that mix channels.
  func sum(_ output: Int, over channel: Int) -> Double {
    let offset = Double(arithmetic.filterOffset)
    var sum = 0.0
    for index in stride(from: output * rowLength + channel, to: (output + 1) * rowLength, by: inputCount) {
      sum += weights[index] + offset
    }
    return sum
  }
}

extension Value {
  /// The numbers of a constant as they are stored; nil for other types, and where bytes are missing.
  var numbers: [Double]? {
    guard isConstant, !isVariable, attachments.sparsity == nil, data.byteCount == byteCount else {
      return nil
    }
    switch elementType {
    case .float32: return data.elements(Float.self).map(Double.init)
    case .int8: return data.elements(Int8.self).map(Double.init)
    case .uint8: return data.elements(UInt8.self).map(Double.init)
    case .int16: return data.elements(Int16.self).map(Double.init)
    case .int32: return data.elements(Int32.self).map(Double.init)
    case .int64: return data.elements(Int64.self).map(Double.init)
    default: return nil
    }
  }
}

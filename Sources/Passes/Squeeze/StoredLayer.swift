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

  private let weights: LayerWeights
  private let biases: [Double]
  /// Of one number for all output channels, or one for each.
  private let scales: [Float]
  /// What a weight can be, its offset counted.
  private let weightRange: ClosedRange<Double>

  var isDepthwise: Bool { operands.kind == .depthwise }

  /// - Returns: nil for other operators, and for weights that are computed, coded or of types that no arithmetic knows.
  init?(_ id: NodeID, in graph: Graph) {
    let node = graph[id]
    guard let operands = node.passFacts?.layer, operands.kind != .transposed,
      let input = node.operand(operands.input), let filter = node.operand(operands.filter),
      let output = node.outputs.first, let shape = graph[filter].shape, shape.elementCount > 0,
      let weights = LayerWeights(graph[filter]), weights.count == shape.elementCount,
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
    scales = graph[filter].quantization?.scales ?? []
    weightRange = Self.weightRange(graph[filter].elementType, offset: Double(arithmetic.filterOffset))
  }

  /// The bias of an output channel; 0 without one.
  func bias(_ output: Int) -> Double { biases[output] }

  /// Calls back with the input's channel and what its numbers are multiplied with, for every weight of an output channel.
  @inline(__always)
  func forEachWeight(_ output: Int, _ body: (_ channel: Int, _ weight: Double) -> Void) {
    switch weights {
    case .int8(let numbers): forEach(numbers, output, { Double($0) }, body)
    case .uint8(let numbers): forEach(numbers, output, { Double($0) }, body)
    case .float(let numbers): forEach(numbers, output, { Double($0) }, body)
    }
  }

  @inline(__always)
  private func forEach<Number>(
    _ numbers: [Number], _ output: Int, _ number: (Number) -> Double,
    _ body: (_ channel: Int, _ weight: Double) -> Void
  ) {
    let offset = Double(arithmetic.filterOffset)
    if isDepthwise {
      let channel = output / (outputCount / inputCount)
      for tap in 0..<rowLength { body(channel, number(numbers[tap * outputCount + output]) + offset) }
    } else {
      var channel = 0
      for index in (output * rowLength)..<((output + 1) * rowLength) {
        body(channel, number(numbers[index]) + offset)
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

extension StoredLayer {
  /// All that tells an output channel from another: bias, scale, and what meets the channels of the input.
  ///
  /// - Parameter firsts: for each channel of the input the first one that holds the same numbers; empty where all may
  ///   differ. Weights that meet equal channels count by their sum.
  func row(_ output: Int, _ firsts: [Int]) -> [Double] {
    var row = [bias(output), scale(output)]
    if isDepthwise {
      let channel = output / (outputCount / inputCount)
      row.append(Double(firsts.isEmpty ? channel : firsts[channel]))
      forEachWeight(output) { row.append($1) }
      return row
    }
    forEachWeight(output) { channel, weight in
      row.append(0)
      let first = firsts.isEmpty ? channel : firsts[channel]
      row[row.count - 1 - channel + first] += weight
    }
    return row
  }

  /// Outputs that may be equal; a few weights tell most others apart.
  var outputsAlike: [[Int]] { alike(Array(0..<outputCount), taps: 16).flatMap { alike($0, taps: rowLength) } }

  private func alike(_ outputs: [Int], taps: Int) -> [[Int]] {
    let prints = outputs.map { (print: fingerprint($0, taps: taps), output: $0) }
      .sorted { ($0.print, $0.output) < ($1.print, $1.output) }
    var groups: [[Int]] = []
    var start = 0
    for end in prints.indices.dropFirst() where prints[end].print != prints[start].print {
      if end > start + 1 { groups.append(prints[start..<end].map(\.output)) }
      start = end
    }
    if prints.count > start + 1 { groups.append(prints[start...].map(\.output)) }
    return groups
  }

  /// The same number for outputs whose biases, scales and first weights are equal.
  private func fingerprint(_ output: Int, taps: Int) -> UInt64 {
    var result = bias(output).bitPattern ^ scale(output).bitPattern
    let (start, step) = isDepthwise ? (output, outputCount) : (output * rowLength, 1)
    for tap in 0..<min(taps, rowLength) {
      // −0 is 0.
      result = (result ^ (weights[start + tap * step] + 0).bitPattern) &* 0x9E37_79B9_7F4A_7C15
      result ^= result >> 32
    }
    return result
  }

  private func scale(_ output: Int) -> Double {
    scales.count == outputCount ? Double(scales[output]) : 0
  }

  private static func weightRange(_ type: ElementType, offset: Double) -> ClosedRange<Double> {
    switch type {
    // −128 is no weight of the specification of 8-bit quantization.
    case .int8: -127 + offset...127 + offset
    case .uint8: offset...255 + offset
    default: -Double.infinity...Double.infinity
    }
  }

  /// What a weight adds, by its place in the filter.
  func weight(at index: Int) -> Double { weights[index] + Double(arithmetic.filterOffset) }

  var isFloat: Bool { weightRange.upperBound.isInfinite }

  /// How many weights it takes to add up to a sum.
  func channelsCarrying(_ sum: Double) -> Int {
    let most = sum < 0 ? weightRange.lowerBound : weightRange.upperBound
    if sum == 0 || most.isInfinite { return 1 }
    return most == 0 ? .max : Int((sum / most).rounded(.up))
  }

  /// The part of a sum that one weight takes.
  func carried(of sum: Double) -> Double { min(max(sum, weightRange.lowerBound), weightRange.upperBound) }

  /// Weights as the filter stores them.
  var storedWeights: [Double] { (0..<weights.count).map { weights[$0] } }

  /// A weight as the filter stores it.
  func stored(_ weight: Double) -> Double { weight - Double(arithmetic.filterOffset) }
}

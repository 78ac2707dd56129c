import GraphIR
import Operators
import Tensors

/// Which channels of a tensor hold the same numbers at every position, whatever the model reads.
///
/// Outputs of a layer are equal where their weights, biases and scales are; other operators keep equal channels equal.
/// Of integers also the sum of the weights that meet equal channels counts, as it is exact.
struct ChannelTwins {
  /// By value, for each channel the first one that holds the same numbers; empty where all may differ.
  private(set) var firsts: [[Int]]
  private let graph: Graph
  private let ranges: ChannelRanges

  /// Numbers that tell channels apart, with a hash that costs little a number.
  private struct Row: Hashable {
    let numbers: [Double]

    func hash(into hasher: inout Hasher) {
      var mixed: UInt64 = 0
      for number in numbers {
        // Both zeros are equal.
        mixed = (mixed ^ (number + 0).bitPattern) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 29
      }
      hasher.combine(mixed)
    }
  }

  init(_ graph: Graph, _ ranges: ChannelRanges) {
    self.graph = graph
    self.ranges = ranges
    firsts = graph.values.map { _ in [] }
    for (index, value) in graph.values.enumerated()
    where value.isConstant && !ranges.weights.contains(ValueID(index)) {
      firsts[index] = Self.firsts(in: value)
    }
    let layers = Dictionary(ranges.layers.map { ($0.node, $0) }, uniquingKeysWith: { $1 })
    for (index, node) in graph.nodes.enumerated() {
      guard let output = node.outputs.first, node.outputs.count == 1, !graph[output].isVariable else {
        continue
      }
      let found = layers[NodeID(index)].map(firsts(of:)) ?? firsts(of: node, output)
      firsts[output.index] = withConstants(found, output)
    }
  }

  /// Whether any tensor that is computed has equal channels.
  var hasAny: Bool { zip(graph.values, firsts).contains { !$0.isConstant && !$1.isEmpty } }

  /// The first channel of a value that holds the same numbers.
  func first(_ value: ValueID, _ channel: Int) -> Int {
    firsts[value.index].isEmpty ? channel : firsts[value.index][channel]
  }

  private func firsts(of layer: StoredLayer) -> [Int] {
    let inputs = firsts[layer.input.index]
    if layer.isDepthwise, inputs.isEmpty, layer.inputCount == layer.outputCount { return [] }
    // A sum of floats rounds otherwise in another order.
    let isExact = graph[layer.output].elementType != .float32
    let equals = layer.isDepthwise || isExact ? inputs : []
    let candidates = equals.isEmpty ? layer.outputsAlike : [Array(0..<layer.outputCount)]
    guard !candidates.isEmpty else { return [] }
    var result = Array(0..<layer.outputCount)
    for outputs in candidates {
      var rows: [Row: Int] = [:]
      for output in outputs {
        let row = Row(numbers: layer.row(output, equals))
        if let first = rows[row] { result[output] = first } else { rows[row] = output }
      }
    }
    return Self.compact(result)
  }

  private func firsts(of node: Node, _ output: ValueID) -> [Int] {
    let count = ChannelLinks.channelCount(of: graph[output])
    switch node.passFacts?.channels ?? .unknown {
    case .each, .padding:
      return operands(node.inputs.prefix(1), count)
    case .broadcast:
      return operands(node.inputs[...], count)
    case .reduction:
      return ChannelLinks.reducesChannels(node, in: graph) == false
        ? operands(node.inputs.prefix(1), count) : []
    case .joining: return joined(node, count)
    case .reshaping: return reshaped(node, count)
    case .layer, .none: return []
    }
  }

  /// Channels that are equal in every operand.
  private func operands(_ operands: ArraySlice<ValueID?>, _ count: Int) -> [Int] {
    var result: [Int]?
    for operand in operands.compactMap(\.self) {
      let channels = ChannelLinks.channelCount(of: graph[operand])
      if channels == 1 { continue }
      guard channels == count, !firsts[operand.index].isEmpty else { return [] }
      result = result.map { Self.both($0, firsts[operand.index]) } ?? firsts[operand.index]
    }
    return Self.compact(result ?? [])
  }

  private func joined(_ node: Node, _ count: Int) -> [Int] {
    guard let output = node.outputs.first, let rank = graph[output].shape?.rank else { return [] }
    let axis = node.attributes.integer("axis")
    guard axis == -1 || axis == rank - 1 else { return operands(node.inputs[...], count) }
    var result: [Int] = []
    for operand in node.inputs.compactMap(\.self) {
      let start = result.count
      result += (0..<ChannelLinks.channelCount(of: graph[operand])).map { start + first(operand, $0) }
    }
    return result.count == count ? Self.compact(result) : []
  }

  /// As `ChannelLinks` ties them.
  private func reshaped(_ node: Node, _ count: Int) -> [Int] {
    guard let input = node.inputs.first.flatMap(\.self), !firsts[input.index].isEmpty, count > 0 else {
      return []
    }
    let own = firsts[input.index]
    if count % own.count == 0 {
      return (0..<count).map { $0 - $0 % own.count + own[$0 % own.count] }
    }
    guard own.count % count == 0 else { return [] }
    var result = [Int](repeating: 0, count: count)
    for start in stride(from: 0, to: own.count, by: count) {
      // A channel that is the same as one of another position tells nothing.
      let part = (0..<count).map { own[start + $0] >= start ? own[start + $0] - start : $0 }
      result = Self.both(result, part)
    }
    return Self.compact(result)
  }

  /// Channels with the same constant are equal too.
  private func withConstants(_ found: [Int], _ value: ValueID) -> [Int] {
    var numbers: [Double: Int] = [:]
    var result = found
    for channel in 0..<ChannelLinks.channelCount(of: graph[value]) {
      guard let constant = ranges.constant(value, channel) else {
        if !result.isEmpty { result[channel] = result[result[channel]] }
        continue
      }
      if let first = numbers[constant] {
        if result.isEmpty { result = Array(0..<ChannelLinks.channelCount(of: graph[value])) }
        result[channel] = first
      } else {
        numbers[constant] = channel
      }
    }
    return result
  }

  /// Columns of a constant.
  private static func firsts(in value: Value) -> [Int] {
    let count = ChannelLinks.channelCount(of: value)
    guard count > 1, let numbers = value.numbers else { return [] }
    var columns: [Row: Int] = [:]
    return compact(
      (0..<count).map { channel in
        let column = Row(numbers: stride(from: channel, to: numbers.count, by: count).map { numbers[$0] })
        if let first = columns[column] { return first }
        columns[column] = channel
        return channel
      })
  }

  private static func both(_ left: [Int], _ right: [Int]) -> [Int] {
    var pairs: [SIMD2<Int>: Int] = [:]
    return left.indices.map { channel in
      let pair = SIMD2(left[channel], right[channel])
      if let first = pairs[pair] { return first }
      pairs[pair] = channel
      return channel
    }
  }

  /// Empty where no channel equals another.
  private static func compact(_ firsts: [Int]) -> [Int] {
    zip(firsts, 0...).allSatisfy { $0 == $1 } ? [] : firsts
  }
}

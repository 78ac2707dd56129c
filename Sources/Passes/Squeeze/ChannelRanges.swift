import GraphIR
import Operators
import Tensors

/// What the stored numbers of every channel may be, whatever the model reads: interval analysis (Moore, 1966).
///
/// Ranges of layers follow from their weights, those of other operators from running their own kernels on the ends of
/// the operands' ranges, where they grow or fall steadily with each operand.
struct ChannelRanges {
  /// By value, one for each channel; empty where nothing is known.
  private(set) var ranges: [[ClosedRange<Double>]]
  /// Layers of which the weights are known, in the graph's order.
  private(set) var layers: [StoredLayer] = []
  /// What layers read of which the weights are not known.
  private(set) var unknownReaders: Set<ValueID> = []
  /// The weights and biases that layers only multiply and add.
  let weights: Set<ValueID>
  private let graph: Graph
  /// Elements that other operators may still be run on.
  private var budget = Self.elementLimit

  /// Elements of all operands that kernels are run on, so that the work is bounded whatever shapes a file declares.
  private static let elementLimit = 1 << 26
  /// By how much the sum of a layer may be off on another library's kernels, in units of the accumulator: they round
  /// a product of 63 bits once or twice.
  private static let roundingSlack = 2.0

  init(_ graph: Graph) {
    self.graph = graph
    let weights = Self.weights(of: graph)
    self.weights = weights
    ranges = graph.values.indices.map { index in
      let value = graph.values[index]
      guard value.isConstant else { return Self.widest(value) }
      return weights.contains(ValueID(index))
        ? [] : value.numbers.map(Self.ranges(of: value)) ?? Self.widest(value)
    }
    for node in graph.nodes.indices { visit(NodeID(node)) }
  }

  /// The one number that a channel always holds; nil where it may hold several.
  func constant(_ value: ValueID, _ channel: Int) -> Double? {
    guard ranges[value.index].indices.contains(channel) else { return nil }
    let range = ranges[value.index][channel]
    return range.lowerBound == range.upperBound ? range.lowerBound : nil
  }

  /// Whether a channel that is computed always holds one number.
  var hasConstant: Bool {
    zip(graph.values, ranges).contains { value, ranges in
      !value.isConstant && ranges.contains { $0.lowerBound == $0.upperBound }
    }
  }

  /// Layers of which each output may read every channel. A depthwise layer ties channels, unless it spreads one over all
  /// of its own.
  var mixingLayers: [StoredLayer] { layers.filter { !$0.isDepthwise || $0.inputCount == 1 } }

  private mutating func visit(_ id: NodeID) {
    let node = graph[id]
    guard let output = node.outputs.first, node.outputs.count == 1, !graph[output].isConstant else { return }
    if node.passFacts?.channels == .layer {
      visitLayer(id, output)
    } else if let found = corners(of: node, output) {
      ranges[output.index] = found
    }
  }

  private mutating func visitLayer(_ id: NodeID, _ output: ValueID) {
    guard let layer = StoredLayer(id, in: graph) else {
      if let layer = graph[id].passFacts?.layer, let input = graph[id].operand(layer.input) {
        unknownReaders.insert(input)
      }
      return
    }
    layers.append(layer)
    ranges[output.index] = (0..<layer.outputCount).map { range(of: layer, $0) }
  }

  private func range(of layer: StoredLayer, _ output: Int) -> ClosedRange<Double> {
    let type = graph[layer.output].elementType
    let inputs = ranges[layer.input.index]
    let arithmetic = layer.arithmetic
    guard inputs.count == layer.inputCount else { return Self.widestRange(type) }
    let offset = Double(arithmetic.inputOffset)
    var sum = SumRange(layer.bias(output))
    layer.forEachWeight(output) { channel, weight in
      guard weight != 0 else { return }
      let range = inputs[channel]
      sum.add(
        weight * (range.lowerBound + offset), weight * (range.upperBound + offset),
        orNothing: arithmetic.isPadded)
    }
    let (low, high) = type == .float32 ? sum.inSinglePrecision : sum.widened(by: Self.roundingSlack)
    guard low >= arithmetic.sums.lowerBound, high <= arithmetic.sums.upperBound, low <= high else {
      return Self.widestRange(type)
    }
    return Self.ordered(
      arithmetic.output(of: low, channel: output), arithmetic.output(of: high, channel: output))
  }

  /// Runs a node on the ends of its operands' ranges; nil where that says nothing.
  private mutating func corners(of node: Node, _ output: ValueID) -> [ClosedRange<Double>]? {
    let channels = ChannelLinks.channelCount(of: graph[output])
    let moving = Set(node.inputs.compactMap(\.self)).filter { graph[$0].data.isEmpty }.sorted()
    guard channels > 0, !moving.isEmpty, moving.allSatisfy({ !ranges[$0.index].isEmpty }),
      node.calledGraphs.isEmpty, !moving.contains(where: { graph[$0].isVariable })
    else { return nil }
    // An operand read twice moves with itself: x · x is no product of two ranges.
    let isSteady =
      MonotoneOperators.contains(node)
      && node.inputs.filter { $0.map(moving.contains) ?? false }.count == moving.count
    let isFixed = moving.allSatisfy { value in
      ranges[value.index].indices.allSatisfy { constant(value, $0) != nil }
    }
    guard isSteady || isFixed else { return nil }
    var part = Graph([node], of: graph, inputs: moving, outputs: [output])
    if MonotoneOperators.isPointwise(node), let edit = Self.shrinking(part) {
      part.apply(edit)
    } else if !moving.contains(where: isNarrow) {
      return nil
    }
    let elements = part.values.reduce(0) { $0.saturatingAdd($1.shape?.elementCount ?? .max) }
    guard elements <= budget / 4 else { return nil }
    budget -= elements
    return hull(of: part, moving.map { ranges[$0.index] }, channels)
  }

  /// Leaves one position in what a node of single positions reads and writes; nil where operands are spread.
  private static func shrinking(_ part: Graph) -> GraphEdit? {
    let moving = part.values.indices.filter { part.values[$0].data.isEmpty }
    guard let shape = part.outputs.first.flatMap({ $0.map { part[$0].shape } ?? nil }), shape.rank > 1,
      moving.allSatisfy({ part.values[$0].shape == shape }),
      part.values.allSatisfy({ $0.data.isEmpty || ($0.shape?.rank ?? 0) < 2 })
    else { return nil }
    var edit = GraphEdit(of: part)
    for index in moving {
      edit[ValueID(index)].dimensions =
        [Int32](repeating: 1, count: shape.rank - 1) + [Int32(clamping: shape[shape.rank - 1])]
    }
    return edit
  }

  /// Whether any channel is known better than its type says.
  private func isNarrow(_ value: ValueID) -> Bool {
    let widest = Self.widestRange(graph[value].elementType)
    return ranges[value.index].contains { $0 != widest }
  }

  private func hull(
    of part: Graph, _ inputs: [[ClosedRange<Double>]], _ channels: Int
  ) -> [ClosedRange<Double>]? {
    var choices = [
      [Bool](repeating: false, count: inputs.count), [Bool](repeating: true, count: inputs.count),
    ]
    if inputs.count == 2 { choices += [[false, true], [true, false]] }
    var (low, high) = (
      [Double](repeating: .infinity, count: channels), [Double](repeating: -.infinity, count: channels)
    )
    for isUpper in choices {
      let bytes = inputs.indices.map { index in
        Self.fill(
          part.inputs[index].map { part[$0] },
          inputs[index].map { isUpper[index] ? $0.upperBound : $0.lowerBound })
      }
      guard let numbers = NodeEvaluation.numbers(of: part, bytes), numbers.allSatisfy({ !$0.isNaN }),
        !numbers.isEmpty
      else { return nil }
      for (index, number) in numbers.enumerated() {
        low[index % channels] = min(low[index % channels], number)
        high[index % channels] = max(high[index % channels], number)
      }
    }
    return zip(low, high).map { Self.ordered($0, $1) }
  }

  /// A tensor with one number in every channel.
  private static func fill(_ value: Value?, _ row: [Double]) -> [UInt8] {
    guard let value else { return [] }
    let bytes = value.elementType.bytes(of: row)
    let rows = (value.shape?.elementCount ?? 0) / max(1, row.count)
    var result: [UInt8] = []
    result.reserveCapacity(rows * bytes.count)
    for _ in 0..<rows { result += bytes }
    return result
  }

  private static func ranges(of value: Value) -> ([Double]) -> [ClosedRange<Double>] {
    { numbers in
      let channels = ChannelLinks.channelCount(of: value)
      guard channels > 0, !numbers.contains(where: \.isNaN) else { return [] }
      return (0..<channels).map { channel in
        let own = stride(from: channel, to: numbers.count, by: channels).map { numbers[$0] }
        return ordered(own.min() ?? 0, own.max() ?? 0)
      }
    }
  }

  private static func weights(of graph: Graph) -> Set<ValueID> {
    Set(
      graph.nodes.flatMap { node in
        guard let layer = node.passFacts?.layer else { return [ValueID]() }
        return [layer.filter, layer.bias].compactMap { node.operand($0) }
      })
  }

  private static func widest(_ value: Value) -> [ClosedRange<Double>] {
    [ClosedRange<Double>](
      repeating: widestRange(value.elementType), count: ChannelLinks.channelCount(of: value))
  }

  private static func widestRange(_ type: ElementType) -> ClosedRange<Double> {
    switch type {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    default: -Double.infinity...Double.infinity
    }
  }

  private static func ordered(_ one: Double, _ other: Double) -> ClosedRange<Double> {
    min(one, other)...max(one, other)
  }
}

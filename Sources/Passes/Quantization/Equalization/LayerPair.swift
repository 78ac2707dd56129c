import GraphIR
import Tensors

/// Two layers between which every channel can be scaled: what the first one makes larger the second one's
/// weights undo.
struct LayerPair {
  let first: NodeID
  let second: NodeID
  /// The value that the second layer reads.
  let value: ValueID
  let channels: Int
  /// Elements of the second filter's input axis for one channel of the value: 1, or pixels before a
  /// FULLY_CONNECTED.
  let isFlattened: Bool

  /// The pairs of a graph, by the first layer.
  static func all(in graph: Graph) -> [LayerPair] {
    var uses = [Int](repeating: 0, count: graph.values.count)
    var readers = [NodeID?](repeating: nil, count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs.compactMap(\.self) {
        uses[value.index] += 1
        readers[value.index] = NodeID(index)
      }
    }
    for value in graph.outputs.compactMap(\.self) { uses[value.index] += 2 }
    return graph.nodes.indices.compactMap { pair(NodeID($0), graph, uses, readers) }
  }

  private static func pair(
    _ first: NodeID, _ graph: Graph, _ uses: [Int], _ readers: [NodeID?]
  ) -> LayerPair? {
    let node = graph[first]
    guard let layer = ownLayer(node, graph),
      (0...1).contains(node.attributes.integer("fused_activation_function")),
      var value = node.outputs.first, let channels = graph[value].dimensions?.last.map(Int.init),
      channels > 1,
      let filter = node.inputs[layer.filter], graph[filter].dimensions?[layer.channelAxis] == Int32(channels)
    else { return nil }
    var isFlattened = false
    while uses[value.index] == 1, let reader = readers[value.index] {
      let next = graph[reader]
      if let own = ownLayer(next, graph), next.inputs[own.input] == value {
        guard fits(next, own, graph, channels, isFlattened) else { return nil }
        return LayerPair(
          first: first, second: reader, value: value, channels: channels, isFlattened: isFlattened)
      }
      guard keepsScale(next, graph), next.inputs.first == value, let output = next.outputs.first else {
        return nil
      }
      if next.passFacts?.channels.isReshaping == true {
        guard let last = graph[output].dimensions?.last, Int(last) % channels == 0 else { return nil }
        isFlattened = Int(last) != channels || isFlattened
      }
      value = output
    }
    return nil
  }

  /// The positions of a layer with constant weights by output channel.
  private static func ownLayer(_ node: Node, _ graph: Graph) -> LayerOperands? {
    guard let facts = node.passFacts, let rule = facts.quantizationRule, let layer = facts.layer,
      rule.refusal(node, graph) == nil, layer.kind != .transposed
    else { return nil }
    return layer
  }

  /// Whether an operator's output scales with its input, channel by channel.
  private static func keepsScale(_ node: Node, _ graph: Graph) -> Bool {
    switch node.passFacts?.equalization {
    case .passes: true
    case .passesUnclamped: (0...1).contains(node.attributes.integer("fused_activation_function"))
    case .ends, nil: false
    }
  }

  private static func fits(
    _ node: Node, _ layer: LayerOperands, _ graph: Graph, _ channels: Int, _ isFlattened: Bool
  ) -> Bool {
    guard let filter = node.inputs[layer.filter], let last = graph[filter].dimensions?.last.map(Int.init)
    else {
      return false
    }
    switch layer.kind {
    case .convolution: return last == channels && !isFlattened
    case .depthwise: return last % channels == 0 && !isFlattened
    case .dense: return last % channels == 0
    case .transposed: return false
    }
  }

  /// The channel of the value that a weight of the second layer multiplies.
  func channel(of weight: Int, in filter: Value, isDepthwise: Bool) -> Int {
    let last = Int(filter.dimensions?.last ?? 1)
    return isDepthwise ? weight % last / (last / channels) : weight % last % channels
  }
}

import GraphIR
import Operators
import Tensors

/// Takes channels out of a graph: shapes, weights, biases, constants and options.
struct ChannelRemoval: Sendable {
  /// Channels that stay, ascending, by value; nil where all do.
  let kept: [[Int]?]

  /// - Parameter removed: groups, no two of which share a channel.
  init(_ graph: Graph, removing removed: [ChannelLinks.Group]) {
    var lost: [Set<Int>] = graph.values.map { _ in [] }
    for group in removed {
      for member in group.members { lost[member.value.index].insert(member.channel) }
    }
    kept = zip(graph.values, lost).map { value, lost in
      guard !lost.isEmpty else { return nil }
      return (0..<ChannelLinks.channelCount(of: value)).filter { !lost.contains($0) }
    }
  }

  /// Whether every value keeps a channel.
  var isPossible: Bool { kept.allSatisfy { $0.map { !$0.isEmpty } ?? true } }

  /// What takes the channels out of the graph.
  func edit(of graph: Graph) -> GraphEdit {
    var edit = GraphEdit(of: graph)
    for node in graph.nodes.indices { sliceOperands(NodeID(node), in: &edit) }
    for (index, channels) in kept.enumerated() {
      guard let channels else { continue }
      let id = ValueID(index)
      if graph[id].isConstant {
        edit[id].keep(channels, along: -1)
      } else {
        Self.setLast(&edit[id].dimensions, channels.count)
        Self.setLast(&edit[id].shapeSignature, channels.count)
      }
    }
    for node in graph.nodes.indices { updateOptions(NodeID(node), in: &edit) }
    return edit
  }

  /// The columns of a layer's weights that stay where its input loses channels.
  func columns(_ length: Int, reading input: ValueID, of graph: Graph) -> [Int]? {
    guard let channels = kept[input.index] else { return nil }
    let stride = ChannelLinks.channelCount(of: graph[input])
    let keeps = Set(channels)
    return (0..<length).filter { keeps.contains($0 % stride) }
  }

  private func sliceOperands(_ id: NodeID, in edit: inout GraphEdit) {
    let node = edit[id]
    guard node.passFacts?.channels == .layer, let layer = node.passFacts?.layer,
      let input = node.operand(layer.input), let weights = node.operand(layer.filter),
      let output = node.outputs.first
    else { return }
    if let channels = kept[output.index] {
      edit[weights].keep(channels, along: layer.kind == .depthwise ? -1 : 0)
      if let bias = node.operand(layer.bias) { edit[bias].keep(channels, along: 0) }
    }
    guard layer.kind != .depthwise, let length = edit[weights].shape?.dimensions.last,
      let columns = columns(length, reading: input, of: edit.graph)
    else { return }
    edit[weights].keep(columns, along: -1)
  }

  private func updateOptions(_ id: NodeID, in edit: inout GraphEdit) {
    let node = edit[id]
    guard let output = node.outputs.first else { return }
    if let layer = node.passFacts?.layer, layer.kind == .depthwise {
      guard let input = node.operand(layer.input) else { return }
      let multiplier =
        ChannelLinks.channelCount(of: edit[output]) / max(1, ChannelLinks.channelCount(of: edit[input]))
      if node.attributes["depth_multiplier"] != nil {
        edit[id].options?.record["depth_multiplier"] = .integer(Int64(multiplier))
      }
    } else if node.passFacts?.channels == .reshaping(storesShape: true), kept[output.index] != nil {
      updateReshape(id, output, in: &edit)
    }
  }

  /// Stores the new width in the operand and in the option; −1 stays.
  private func updateReshape(_ id: NodeID, _ output: ValueID, in edit: inout GraphEdit) {
    guard let width = edit[output].dimensions?.last else { return }
    let node = edit[id]
    if case .integers(var shape)? = node.attributes["new_shape"], let last = shape.last, last != -1 {
      shape[shape.count - 1] = Int64(width)
      edit[id].options?.record["new_shape"] = .integers(shape)
    }
    guard node.inputs.count > 1, let operand = node.inputs[1] else { return }
    var shape = edit[operand].data.elements(Int32.self)
    guard let last = shape.last, last != -1, last != width else { return }
    shape[shape.count - 1] = width
    var value = edit[operand]
    value.data = TensorData(integers: shape)
    edit[id].inputs[1] = edit.add(value)
  }

  private static func setLast(_ dimensions: inout [Int32]?, _ count: Int) {
    guard let rank = dimensions?.count, rank > 0, dimensions?[rank - 1] != -1 else { return }
    dimensions?[rank - 1] = Int32(clamping: count)
  }
}

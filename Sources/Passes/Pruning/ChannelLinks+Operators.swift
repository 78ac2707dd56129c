import GraphIR
import Operators
import Tensors

extension ChannelLinks {
  /// Ties what a node ties, and keeps what it does not let go.
  mutating func link(_ node: Node, in graph: Graph) {
    let name = node.code.name
    switch node.passFacts?.channels ?? .unknown {
    case .layer: linkLayer(node, in: graph)
    case .each: tieAll(node.inputs.first.flatMap(\.self), node.outputs.first, "\(name) changes its channels")
    case .broadcast: for input in node.inputs { tieBroadcast(input, node.outputs.first) }
    case .padding: linkPad(node, in: graph)
    case .joining: linkConcatenation(node, in: graph)
    case .reduction: linkReduction(node, in: graph)
    case .reshaping: linkReshape(node, in: graph)
    case .none(let clause): keepAll(node, "\(name) reads or writes it, \(clause)")
    }
  }

  private mutating func keepAll(_ node: Node, _ reason: String) {
    for value in node.inputs.compactMap(\.self) + node.outputs { keep(value, reason) }
  }

  private mutating func tieAll(_ left: ValueID?, _ right: ValueID?, _ reason: String) {
    guard let left, let right else { return }
    guard channelCount(left) == channelCount(right) else {
      keep(left, reason)
      keep(right, reason)
      return
    }
    for channel in 0..<channelCount(left) { tie(left, channel, right, channel) }
  }

  /// An operand with one channel meets all of the result's, and stays.
  private mutating func tieBroadcast(_ operand: ValueID?, _ result: ValueID?) {
    guard let operand, let result else { return }
    if channelCount(operand) == 1 && channelCount(result) != 1 {
      keep(operand, "it is spread over all channels")
    } else {
      tieAll(operand, result, "shapes differ")
    }
  }

  private mutating func linkLayer(_ node: Node, in graph: Graph) {
    guard let layer = node.passFacts?.layer, let input = node.operand(layer.input),
      let output = node.outputs.first, let weights = node.operand(layer.filter),
      let filter = graph[weights].shape,
      graph[weights].isConstant, graph[weights].attachments.sparsity == nil,
      Self.takes(graph[input].elementType, weights: graph[weights].elementType),
      node.operand(layer.bias).map({ graph[$0].isConstant }) ?? true
    else {
      return keepAll(
        node, "\(node.code.name) has weights that are computed, or of another type than its input")
    }
    let (inputs, outputs) = (channelCount(input), channelCount(output))
    switch layer.kind {
    case .depthwise:
      guard inputs > 0, outputs % inputs == 0, filter.rank == 4, filter[3] == outputs else {
        return keepAll(node, "DEPTHWISE_CONV_2D has shapes that do not fit")
      }
      let multiplier = outputs / inputs
      if inputs == 1 { return }
      for channel in 0..<outputs { tie(input, channel / multiplier, output, channel) }
    case .convolution:
      guard filter.rank == 4, filter[3] == inputs, filter[0] == outputs else {
        return keepAll(node, "CONV_2D has several groups")
      }
    case .dense:
      guard filter.rank == 2, filter[0] == outputs, inputs > 0, filter[1] % inputs == 0,
        node.attributes.integer("weights_format") == 0
      else {
        return keepAll(node, "FULLY_CONNECTED does not read whole rows of channels")
      }
    case .transposed: keepAll(node, "\(node.code.name) spreads each input over several outputs")
    }
  }

  private mutating func linkPad(_ node: Node, in graph: Graph) {
    guard node.inputs.count > 1, let input = node.inputs[0], let paddings = node.inputs[1],
      graph[paddings].isConstant, let output = node.outputs.first
    else {
      return keepAll(node, "\(node.code.name) has paddings that are computed")
    }
    tieAll(input, output, "\(node.code.name) adds channels")
  }

  private mutating func linkConcatenation(_ node: Node, in graph: Graph) {
    guard let output = node.outputs.first, let rank = graph[output].shape?.rank else { return }
    let axis = node.attributes.integer("axis")
    guard axis == -1 || axis == rank - 1 else {
      for input in node.inputs { tieAll(input, output, "CONCATENATION has operands of different widths") }
      return
    }
    var start = 0
    for input in node.inputs.compactMap(\.self) {
      guard start + channelCount(input) <= channelCount(output) else {
        return keepAll(node, "CONCATENATION has shapes that do not fit")
      }
      for channel in 0..<channelCount(input) { tie(input, channel, output, start + channel) }
      start += channelCount(input)
    }
  }

  private mutating func linkReduction(_ node: Node, in graph: Graph) {
    switch Self.reducesChannels(node, in: graph) {
    case false?:
      tieAll(node.inputs.first.flatMap(\.self), node.outputs.first, "\(node.code.name) changes its channels")
    case true?: keepAll(node, "\(node.code.name) sums over the channels")
    case nil: keepAll(node, "\(node.code.name) has axes that are computed")
    }
  }

  /// Whether one number stands for all channels behind a reduction; nil where the axes are computed.
  static func reducesChannels(_ node: Node, in graph: Graph) -> Bool? {
    guard node.inputs.count > 1, let input = node.inputs[0], let axes = node.inputs[1],
      graph[axes].isConstant, graph[axes].elementType == .int32, let rank = graph[input].shape?.rank
    else { return nil }
    return graph[axes].data.elements(Int32.self).contains { ($0 < 0 ? Int($0) + rank : Int($0)) == rank - 1 }
  }

  /// A flat row holds the channels of every position one behind the other.
  private mutating func linkReshape(_ node: Node, in graph: Graph) {
    guard let input = node.inputs.first.flatMap(\.self), let output = node.outputs.first,
      node.inputs.dropFirst().allSatisfy({ $0.map { graph[$0].isConstant } ?? true })
    else {
      return keepAll(node, "\(node.code.name) has a shape that is computed")
    }
    let (inputs, outputs) = (channelCount(input), channelCount(output))
    guard inputs > 0, outputs > 0 else {
      return keepAll(node, "\(node.code.name) is of another type than layers")
    }
    if outputs % inputs == 0 {
      for channel in 0..<outputs { tie(input, channel % inputs, output, channel) }
    } else if inputs % outputs == 0 {
      for channel in 0..<inputs { tie(input, channel, output, channel % outputs) }
    } else {
      keepAll(node, "\(node.code.name) mixes channels and positions")
    }
  }
}

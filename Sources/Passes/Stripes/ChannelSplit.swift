import GraphIR
import Tensors

/// Layers in a row whose channels do not mix: a convolution, and what works on each of its channels by itself.
///
/// Computed for some channels after the others, less of their wide maps is in use at a time. Every channel's numbers
/// stay what they were, and so do the weights, which are cut.
struct ChannelSplit {
  /// The convolution first; the last one's result is what the parts are joined to.
  let nodes: [Int]
  let channels: Int

  /// The longest chain that a node is in.
  init?(through node: Int, of graph: Graph, _ uses: ValueUses) {
    var first = node
    while Self.isByChannel(graph.nodes[first], graph) {
      guard let input = graph.nodes[first].inputs.first ?? nil, let maker = uses.maker[input.index],
        uses.readers[input.index].count == 1, !graph.outputs.contains(input)
      else { return nil }
      first = maker
    }
    guard Self.isConvolution(graph.nodes[first], graph), let wide = graph.nodes[first].outputs.first,
      let channels = graph[wide].shape?[3]
    else { return nil }
    var nodes = [first]
    while let output = graph.nodes[nodes[nodes.count - 1]].outputs.first,
      uses.readers[output.index].count == 1,
      !graph.outputs.contains(output), let reader = uses.readers[output.index].first,
      Self.isByChannel(graph.nodes[reader], graph)
    {
      nodes.append(reader)
    }
    guard nodes.count > 1, nodes.contains(where: { Self.shrinks(graph.nodes[$0]) }) else { return nil }
    self.nodes = nodes
    self.channels = channels
  }

  /// The graph with the chain in parts, and the node of the old graph that each node of the new one was or is part of.
  func applied(parts: Int, to graph: Graph) -> (graph: Graph, origins: [Int])? {
    guard parts > 1, channels >= 2 * parts, let last = nodes.last, let input = graph.nodes[nodes[0]].inputs[0]
    else { return nil }
    var edit = GraphEdit(of: graph)
    var made: [Node] = []
    var results: [ValueID] = []
    for part in 0..<parts {
      let range = (channels * part / parts)..<(channels * (part + 1) / parts)
      var value = input
      for node in nodes {
        value = add(node, range, reading: value, part, &made, &edit, graph)
      }
      results.append(value)
    }
    let output = graph.nodes[last].outputs[0]
    made.append(
      .making(
        .concatenation, results, [output],
        Node.Options(.concatenation, "ConcatenationOptions", [("axis", 3), ("fused_activation_function", 0)]))
    )
    for node in nodes { edit.remove(NodeID(node)) }
    for node in made { edit.insert(node, before: NodeID(last + 1)) }
    let removed = Set(nodes)
    let stay = graph.nodes.indices.filter { !removed.contains($0) }
    let behind = stay.firstIndex { $0 > last } ?? stay.count
    let own = (0..<parts).flatMap { _ in nodes } + [last]
    return (graph.applying(edit), Array(stay[..<behind]) + own + Array(stay[behind...]))
  }

  private func add(
    _ index: Int, _ range: Range<Int>, reading value: ValueID, _ part: Int, _ made: inout [Node],
    _ edit: inout GraphEdit, _ graph: Graph
  ) -> ValueID {
    var node = graph.nodes[index]
    var result = graph[node.outputs[0]]
    result.name = (result.name ?? "map") + "/part/\(part)"
    result.dimensions?[3] = Int32(clamping: range.count)
    result.shapeSignature = nil
    let output = edit.add(result)
    let isConvolution = node.code.builtin == .conv2D
    if isConvolution || node.code.builtin == .depthwiseConv2D {
      for position in node.inputs.indices.dropFirst() {
        guard let operand = node.inputs[position] else { continue }
        var constant = graph[operand]
        constant.name = (constant.name ?? "constant") + "/part/\(part)"
        constant.keep(Array(range), along: position == 1 && !isConvolution ? -1 : 0)
        node.inputs[position] = edit.add(constant)
      }
    }
    node.inputs[0] = value
    node.outputs = [output]
    made.append(node)
    return output
  }

  private static func isConvolution(_ node: Node, _ graph: Graph) -> Bool {
    guard node.code.builtin == .conv2D, let weights = node.inputs.dropFirst().first ?? nil,
      let output = node.outputs.first, graph[weights].shape?.rank == 4, graph[output].shape?.rank == 4
    else { return false }
    return node.inputs.dropFirst().allSatisfy {
      $0.map { graph[$0].isConstant && graph[$0].attachments.sparsity == nil } ?? true
    }
  }

  /// Operators that make a channel of the channel of the same number.
  private static func isByChannel(_ node: Node, _ graph: Graph) -> Bool {
    guard let input = node.inputs.first ?? nil, !graph[input].isConstant, let output = node.outputs.first,
      let before = graph[input].shape, let after = graph[output].shape, before.rank == 4, after.rank == 4,
      before[3] == after[3]
    else { return false }
    switch node.code.builtin {
    case .depthwiseConv2D:
      return node.inputs.dropFirst().allSatisfy { $0.map { graph[$0].isConstant } ?? true }
    case .pad, .maxPool2D, .averagePool2D, .relu, .relu6, .hardSwish: return true
    default: return false
    }
  }

  /// Whether a node needs rows that stand in memory while it makes fewer or as many: else parts save nothing.
  private static func shrinks(_ node: Node) -> Bool {
    [.depthwiseConv2D, .maxPool2D, .averagePool2D].contains(node.code.builtin)
  }
}

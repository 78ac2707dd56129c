import GraphIR
import Planning
import Striping
import Tensors

extension StripedLayer {
  /// The layer with what a PAD puts around its map as padding of its own; nil where there is no such PAD, or somebody
  /// else reads what it pads.
  func absorbingPad(in graph: Graph, _ axes: StripeAxes, _ uses: ValueUses) -> StripedLayer? {
    let isWindow: Set<BuiltinOperator> = [.conv2D, .depthwiseConv2D, .maxPool2D, .averagePool2D]
    guard isWindow.contains(graph[node].code.builtin), form == .window, reach.filler == nil,
      let padded = maps.first, uses.readers[padded.index].count == 1, !graph.outputs.contains(padded),
      let index = uses.maker[padded.index], let borders = graph.nodes[index].borders(in: graph),
      let source = graph.nodes[index].inputs[0], axes[source] == axes[padded]
    else { return nil }
    let axis = axes[source]
    let site = Site(
      node: graph[node], graph: graph, axes: axes, maps: maps, input: padded, output: output)
    guard let reached = site.reached(along: 3 - axis), let own = graph[source].shape?[3 - axis] else {
      return nil
    }
    let left = borders.before[3 - axis]
    var joined = reach
    joined.rows = StripeRun.RowWindow(
      extent: reach.rows.extent, stride: reach.rows.stride, paddingBefore: borders.before[axis])
    joined.left = left
    joined.right = max(0, reached - own - left)
    joined.filler = borders.filler
    return StripedLayer(
      node: node, maps: [source], output: output, reach: joined, form: .window, rowWork: rowWork,
      pad: NodeID(index))
  }
}

/// Who makes and who reads each value of a graph.
struct ValueUses {
  private(set) var maker: [Int?]
  private(set) var readers: [[Int]]

  init(_ graph: Graph) {
    maker = [Int?](repeating: nil, count: graph.values.count)
    readers = [[Int]](repeating: [], count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs { maker[output.index] = index }
      for input in Set(node.inputs.compactMap(\.self)) { readers[input.index].append(index) }
    }
  }
}

extension Node {
  /// The elements before a map along each axis which PAD or PADV2 fills, and with what; nil for any other node.
  fileprivate func borders(in graph: Graph) -> (before: [Int], filler: [UInt8])? {
    guard [.pad, .padv2].contains(code.builtin), inputs.count >= 2, let input = inputs[0],
      let paddings = inputs[1], let output = outputs.first, graph[paddings].isConstant,
      graph[paddings].elementType == .int32, graph[input].shape?.rank == 4,
      graph[input].hasNumbers(of: graph[output])
    else { return nil }
    let numbers = graph[paddings].data.elements(Int32.self).map(Int.init)
    guard numbers.count == 8, numbers.allSatisfy({ $0 >= 0 }), numbers[0] + numbers[1] == 0,
      numbers[6] + numbers[7] == 0
    else { return nil }
    let before = [numbers[0], numbers[2], numbers[4], numbers[6]]
    guard code.builtin == .padv2 else { return (before, graph[input].zeros(1)) }
    guard inputs.count == 3, let number = inputs[2], graph[number].isConstant,
      graph[number].elementType == graph[input].elementType, graph[number].shape?.elementCount == 1
    else { return nil }
    return (before, Array(graph[number].data.bytes))
  }
}

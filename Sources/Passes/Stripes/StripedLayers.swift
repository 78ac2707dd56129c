import GraphIR
import Planning
import Striping
import Tensors

/// What each node of a graph is in a run, or why it is in none.
struct StripedLayers {
  private let plain: [Result<StripedLayer, StripeRefusal>]
  /// Layers with the PAD in front of them in them, by node.
  private let padded: [Int: StripedLayer]
  /// The node whose windows replace a PAD, by that PAD.
  private let absorbers: [Int: Int]

  init(_ graph: Graph) {
    plain = graph.nodes.indices.map { index in
      Result { () throws(StripeRefusal) in try StripedLayer(NodeID(index), in: graph) }
    }
    var padded: [Int: StripedLayer] = [:]
    var absorbers: [Int: Int] = [:]
    for index in graph.nodes.indices {
      guard case .success(let layer) = plain[index], let joined = layer.absorbingPad(in: graph),
        let pad = joined.pad
      else { continue }
      padded[index] = joined
      absorbers[pad.index] = index
    }
    (self.padded, self.absorbers) = (padded, absorbers)
  }

  /// Whether a node can be in a run at all.
  func isPossible(_ node: Int) -> Bool {
    if absorbers[node] != nil { return true }
    if case .success = plain[node] { return true }
    return false
  }

  /// Why a node is in no run; nil where it can be in one.
  func refusal(of node: Int) -> StripeRefusal? {
    guard !isPossible(node), case .failure(let refusal) = plain[node] else { return nil }
    return refusal
  }

  /// The layers that some nodes make.
  func layers(of nodes: Range<Int>) throws(StripeRefusal) -> [StripedLayer] {
    var layers: [StripedLayer] = []
    for node in nodes {
      if let absorber = absorbers[node] {
        guard nodes.contains(absorber) else {
          throw StripeRefusal(reason: "what it pads is not in the run")
        }
      } else if let joined = padded[node], let pad = joined.pad, nodes.contains(pad.index) {
        layers.append(joined)
      } else {
        layers.append(try plain[node].get())
      }
    }
    return layers
  }
}

extension StripedLayer {
  /// The layer with the zeros that a PAD puts around its map as padding of its own; nil where there is no such PAD, or
  /// somebody else reads what it pads.
  func absorbingPad(in graph: Graph) -> StripedLayer? {
    guard [.conv2D, .depthwiseConv2D].contains(graph[node].code.builtin), let padded = maps.first,
      rows.paddingBefore == 0, (left, right) == (0, 0), !graph.outputs.contains(padded),
      graph.nodes.count(where: { $0.inputs.contains(padded) }) == 1,
      let index = graph.nodes.firstIndex(where: { $0.outputs.contains(padded) }),
      let borders = graph.nodes[index].zeroBorders(in: graph), let source = graph.nodes[index].inputs[0],
      let own = graph[source].shape, let columns = Self.columns(of: graph[node], graph),
      let width = graph[output].shape?[2]
    else { return nil }
    let after = max(0, (width - 1) * columns.stride + columns.extent - own[2] - borders.left)
    return StripedLayer(
      node: node, maps: [source], output: output,
      rows: StripeRun.RowWindow(extent: rows.extent, stride: rows.stride, paddingBefore: borders.top),
      left: borders.left, right: after, isWindow: true, rowWork: rowWork, pad: NodeID(index))
  }

  private static func columns(of node: Node, _ graph: Graph) -> (extent: Int, stride: Int)? {
    guard node.inputs.count > 1, let weights = node.inputs[1], let taps = graph[weights].dimensions,
      taps.count == 4
    else { return nil }
    let dilation = node.attributes.integer("dilation_w_factor", default: 1)
    return ((Int(taps[2]) - 1) * dilation + 1, node.attributes.integer("stride_w"))
  }
}

extension Node {
  /// The rows above and the columns left of a map that a PAD fills with zeros; nil for any other node.
  fileprivate func zeroBorders(in graph: Graph) -> (top: Int, left: Int)? {
    guard code.builtin == .pad, inputs.count == 2, let input = inputs[0], let paddings = inputs[1],
      let output = outputs.first, graph[paddings].isConstant, graph[paddings].elementType == .int32,
      graph[input].shape?.rank == 4, graph[input].hasNumbers(of: graph[output])
    else { return nil }
    let numbers = graph[paddings].data.elements(Int32.self).map(Int.init)
    guard numbers.count == 8, numbers.allSatisfy({ $0 >= 0 }), numbers[0] + numbers[1] == 0,
      numbers[6] + numbers[7] == 0
    else { return nil }
    return (numbers[2], numbers[4])
  }
}

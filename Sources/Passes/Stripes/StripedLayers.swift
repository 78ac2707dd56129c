import GraphIR
import Planning
import Tensors

/// What each node of a graph is in a run, or why it is in none.
struct StripedLayers {
  let axes: StripeAxes
  let uses: ValueUses
  private let plain: [Result<StripedLayer, StripeRefusal>]
  /// Layers with the PAD in front of them in them, by node.
  private let padded: [Int: StripedLayer]
  /// The node whose windows replace a PAD, by that PAD.
  private let absorbers: [Int: Int]

  init(_ graph: Graph, _ direction: StripeAxes.Direction = .rows) {
    let axes = StripeAxes(graph, direction)
    let uses = ValueUses(graph)
    plain = graph.nodes.indices.map { index in
      Result { () throws(StripeRefusal) in try StripedLayer(NodeID(index), in: graph, axes) }
    }
    var padded: [Int: StripedLayer] = [:]
    var absorbers: [Int: Int] = [:]
    for index in graph.nodes.indices {
      guard case .success(let layer) = plain[index], let joined = layer.absorbingPad(in: graph, axes, uses),
        let pad = joined.pad
      else { continue }
      padded[index] = joined
      absorbers[pad.index] = index
    }
    (self.axes, self.uses, self.padded, self.absorbers) = (axes, uses, padded, absorbers)
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

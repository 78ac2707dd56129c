import GraphIR
import Operators
import Tensors

/// Chooses the channel groups to remove: one after the other, the one with the least damage for each
/// multiply-accumulate that it saves, until the model needs few enough.
struct ChannelBudget {
  private let graph: Graph
  private let groups: [ChannelLinks.Group]
  private let layers: [LinearLayer]
  private var damages: [ChannelDamage]
  /// Inputs of layers that a group is, by group.
  private let uses: [[(layer: Int, inputs: [Int])]]
  /// Groups that a layer reads, by layer.
  private let readers: [[Int]]
  private let nodes: [[NodeID]]
  private var counts: [Int]
  private var losses: [Double?]
  private var isRemoved: [Bool]

  /// - Parameters:
  ///   - layers: the layers whose damage counts, with the damage that each starts with.
  init(_ graph: Graph, _ groups: [ChannelLinks.Group], _ layers: [LinearLayer], _ damages: [ChannelDamage]) {
    self.graph = graph
    self.groups = groups
    self.layers = layers
    self.damages = damages
    counts = graph.values.map(ChannelLinks.channelCount)
    losses = groups.map { _ in nil }
    isRemoved = groups.map { _ in false }
    var uses: [[(layer: Int, inputs: [Int])]] = []
    var readers: [[Int]] = layers.map { _ in [] }
    let layersByInput = Dictionary(grouping: layers.indices, by: { layers[$0].input })
    let nodesByValue = Self.nodesByValue(graph)
    var nodes: [[NodeID]] = []
    for (index, group) in groups.enumerated() {
      var inputs: [Int: [Int]] = [:]
      for member in group.members {
        let width = ChannelLinks.channelCount(of: graph[member.value])
        for layer in layersByInput[member.value] ?? [] {
          inputs[layer, default: []] += Swift.stride(
            from: member.channel, to: layers[layer].rowLength, by: width)
        }
      }
      uses.append(inputs.keys.sorted().map { ($0, (inputs[$0] ?? []).sorted()) })
      for layer in inputs.keys { readers[layer].append(index) }
      nodes.append(Set(group.members.flatMap { nodesByValue[$0.value.index] }).sorted())
    }
    (self.uses, self.readers, self.nodes) = (uses, readers, nodes)
  }

  private static func nodesByValue(_ graph: Graph) -> [[NodeID]] {
    var result: [[NodeID]] = graph.values.map { _ in [] }
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs.compactMap(\.self) + node.outputs { result[value.index].append(NodeID(index)) }
    }
    return result
  }

  /// Multiply-accumulates of the graph as it stands.
  var multiplyAccumulates: Int {
    graph.nodes.indices.reduce(0) { $0 + cost(NodeID($1), counts) }
  }

  /// Removes groups until the graph needs at most so many multiply-accumulates, or nothing can go; then
  /// puts back what the last ones saved too much, the most harmful first.
  ///
  /// - Returns: the groups, in their order.
  mutating func choose(limit: Int) -> [ChannelLinks.Group] {
    var total = multiplyAccumulates
    var order: [(group: Int, loss: Double)] = []
    while total > limit {
      var best: (group: Int, rate: Double, saved: Int)?
      for group in groups.indices where !isRemoved[group] {
        guard let saved = saving(group), saved > 0 else { continue }
        let rate = loss(group) / Double(saved)
        if best.map({ rate < $0.rate }) ?? true { best = (group, rate, saved) }
      }
      guard let best else { break }
      order.append((best.group, best.rate * Double(best.saved)))
      remove(best.group)
      total -= best.saved
    }
    for (group, _) in order.sorted(by: { (-$0.loss, $0.group) < (-$1.loss, $1.group) }) {
      let cost = returnCost(group)
      guard total + cost <= limit else { continue }
      for member in groups[group].members { counts[member.value.index] += 1 }
      isRemoved[group] = false
      total += cost
    }
    return groups.indices.filter { isRemoved[$0] }.map { groups[$0] }
  }

  private mutating func loss(_ group: Int) -> Double {
    if let known = losses[group] { return known }
    let loss = uses[group].reduce(0) { $0 + damages[$1.layer].loss(without: $1.inputs) }
    losses[group] = loss
    return loss
  }

  /// What removing a group saves; nil where a value would lose its last channel.
  private func saving(_ group: Int) -> Int? {
    var after = counts
    for member in groups[group].members { after[member.value.index] -= 1 }
    guard groups[group].members.allSatisfy({ after[$0.value.index] > 0 }) else { return nil }
    return nodes[group].reduce(0) { $0 + cost($1, counts) - cost($1, after) }
  }

  /// What putting a removed group back costs.
  private func returnCost(_ group: Int) -> Int {
    var after = counts
    for member in groups[group].members { after[member.value.index] += 1 }
    return nodes[group].reduce(0) { $0 + cost($1, after) - cost($1, counts) }
  }

  private mutating func remove(_ group: Int) {
    isRemoved[group] = true
    for member in groups[group].members { counts[member.value.index] -= 1 }
    for use in uses[group] {
      damages[use.layer].remove(use.inputs)
      for reader in readers[use.layer] { losses[reader] = nil }
    }
  }

  /// Multiply-accumulates of a node whose values have so many channels.
  private func cost(_ id: NodeID, _ counts: [Int]) -> Int {
    let node = graph[id]
    let full = Registry.multiplyAccumulates(of: node, in: graph)
    guard full > 0, let layer = node.passFacts?.layer, let output = node.outputs.first,
      let input = node.operand(layer.input)
    else { return full }
    let wasOut = ChannelLinks.channelCount(of: graph[output])
    let wasIn = ChannelLinks.channelCount(of: graph[input])
    guard wasOut > 0, wasIn > 0 else { return full }
    switch layer.kind {
    case .depthwise: return full / wasOut * counts[output.index]
    case .convolution, .dense:
      return full / wasOut * counts[output.index] / wasIn * counts[input.index]
    case .transposed: return full
    }
  }
}

import GraphIR
import Operators
import Tensors

/// A graph in which stripes are looked for, its nodes in the order of its plan.
struct StripePlace {
  let graph: Graph
  /// Bytes in use at each node without stripes.
  private(set) var live: [Int]
  let layers: StripedLayers
  /// What nodes are in runs of columns; nil where no image is wider than high.
  private let columns: StripedLayers?
  /// Multiply-accumulates of all nodes.
  let work: Int
  /// Nodes by the numbers that they had before layers were cut into parts.
  let titles: [String]
  /// Layers that were cut into parts.
  let splits: [StripedModel.Split]
  private let order: [String]

  /// By what places of one model are told apart that have other nodes, or the same in another order.
  let key: String

  init(
    _ graph: Graph, live: [Int], titles: [String]? = nil, splits: [StripedModel.Split] = [],
    order: [String] = []
  ) {
    self.graph = graph
    self.live = live
    key = "\(order) \(splits) \(graph.nodes.count)"
    self.order = order
    self.titles = titles ?? graph.nodes.indices.map { graph.title(of: NodeID($0)) }
    self.splits = splits
    layers = StripedLayers(graph)
    columns = Self.isWide(graph) ? StripedLayers(graph, .columns) : nil
    work = graph.nodes.reduce(0) { $0.saturatingAdd(Registry.multiplyAccumulates(of: $1, in: graph)) }
  }

  private static func isWide(_ graph: Graph) -> Bool {
    graph.nodes.flatMap(\.outputs).contains { value in
      guard let shape = graph[value].shape, shape.rank == 4 else { return false }
      return shape[1] > 1 && shape[2] > shape[1]
    }
  }

  func candidates(_ limits: StripeCandidate.Limits) -> [StripeCandidate] {
    [layers, columns].compactMap(\.self).flatMap { StripeCandidate.all(of: graph, layers: $0, limits) }
  }

  /// The graph with the layers at which a loop uses most bytes in parts, by channel; nil where they are not such
  /// layers, or are in parts. With the node of the place that each node was or is part of.
  func splitting(at node: Int, parts: Int) -> (place: StripePlace, origins: [Int])? {
    guard let chain = ChannelSplit(through: node, of: graph, layers.uses), let last = chain.nodes.last,
      let split = chain.applied(parts: parts, to: graph)
    else { return nil }
    let (first, end) = (titles[chain.nodes[0]], titles[last])
    guard !splits.contains(where: { $0.first == first }) else { return nil }
    let place = StripePlace(
      split.graph, live: split.origins.map { live[$0] }, titles: split.origins.map { titles[$0] },
      splits: splits + [StripedModel.Split(first: first, last: end, parts: parts)], order: order)
    return (place, split.origins)
  }

  /// The place with other bytes in use.
  func with(live: [Int]) -> StripePlace {
    var other = self
    other.live = live
    return other
  }

  /// The place with nothing in use at some nodes.
  func without(_ nodes: Range<Int>) -> StripePlace {
    var rest = self
    for node in nodes { rest.live[node] = 0 }
    return rest
  }

  /// Bytes below which no stripes bring the head: the model's inputs and its outputs, and what a node reads or makes that
  /// is in no run. Those of a node may share bytes, so that only the larger side counts.
  var leastHeadBytes: Int {
    func bytes(_ values: [ValueID?]) -> Int {
      Set(values.compactMap(\.self)).filter { !graph[$0].isConstant && !graph[$0].isVariable }
        .reduce(0) { $0 + graph[$1].byteCount.roundedUp(to: 16) }
    }
    let needed = graph.nodes.indices.filter { node in
      layers.refusal(of: node) != nil && columns.map { $0.refusal(of: node) != nil } ?? true
    }
    let sides = needed.map { max(bytes(graph.nodes[$0].inputs), bytes(graph.nodes[$0].outputs.map(\.self))) }
    return max(bytes(graph.inputs), bytes(graph.outputs.map(\.self)), sides.max() ?? 0)
  }

  /// Why no stripes help, as a clause about the node at which most bytes are in use.
  func reason(_ limits: StripeCandidate.Limits) -> String {
    guard let peak = live.indices.max(by: { (live[$0], $1) < (live[$1], $0) }) else {
      return "the model has no operators"
    }
    let title = titles[peak]
    if let refusal = layers.refusal(of: peak) {
      return
        "\(title), at which most bytes are in use, cannot be computed a few rows at a time: \(refusal.reason)"
    }
    var unlimited = limits
    unlimited.extraWork = .max
    let all = candidates(unlimited).filter { $0.nodes.contains(peak) && $0.bytes < live[peak] }
    guard let least = all.map(\.extraWork).min() else {
      return "\(title), at which most bytes are in use, takes no less in any loop"
    }
    if least > limits.extraWork {
      let percent = Double(least) / Double(max(work, 1)) * 100
      return "a loop around \(title), at which most bytes are in use, adds "
        + "\((percent * 10).rounded(.up) / 10) % of multiply-accumulates or more, over the limit"
    }
    return "loops save fewer bytes of the tensors than they take for themselves"
  }

  func summary(_ candidate: StripeCandidate) -> StripedModel.Run {
    let (first, last) = (candidate.nodes.lowerBound, candidate.nodes.upperBound - 1)
    return StripedModel.Run(
      first: titles[first], last: titles[last],
      operatorCount: candidate.nodes.count, rowsPerTurn: candidate.plan.rowsPerTurn,
      turns: candidate.plan.turns, extraWork: candidate.extraWork, estimatedBytes: candidate.bytes,
      keptMaps: candidate.plan.maps.count { $0.keptRows > 0 },
      isResultOnSource: candidate.source.result.isOnSource,
      isByColumns: candidate.striped.isByColumns(in: graph), end: end(behind: last))
  }

  private func end(behind last: Int) -> String {
    guard last + 1 < graph.nodes.count else { return "the model ends" }
    let title = titles[last + 1]
    guard let refusal = layers.refusal(of: last + 1) else { return "with \(title) it would save less" }
    return "\(title) cannot be in it: \(refusal.reason)"
  }
}

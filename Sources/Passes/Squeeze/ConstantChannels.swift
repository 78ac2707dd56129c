package import GraphIR

/// Takes out channels that hold the same number whatever the model reads, channels that nobody reads, and channels that
/// hold the same as others.
///
/// A channel is constant where its weights are zero, or where the range of its sum rounds and clamps to one number. What
/// the next layers would multiply with it goes into their biases, exactly; their weights for equal channels are added
/// up. Integer models answer with the same bytes on every kernel library; float ones may differ by the rounding of a
/// bias or a weight.
package struct ConstantChannels: Pass {
  package static let name = "constant-channels"

  /// Looks at one graph, each at what the one before has left.
  private static let roundLimit = 64

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) {
    for index in model.graphs.indices {
      let id = GraphID(index)
      for _ in 0..<Self.roundLimit {
        let graph = model.graphs[index]
        guard let squeezed = Self.squeeze(graph, in: id, &log) else { break }
        let hasNarrowed = Self.isNarrowed(graph, squeezed.graph)
        ConstantSharing.replace(id, of: &model, with: squeezed.graph)
        guard hasNarrowed || squeezed.hasMerged else { break }
      }
    }
  }

  /// Whether some tensor has a single channel now: a depthwise layer ties none to that.
  private static func isNarrowed(_ before: Graph, _ after: Graph) -> Bool {
    zip(before.values, after.values).contains {
      ChannelLinks.channelCount(of: $1) == 1 && ChannelLinks.channelCount(of: $0) > 1
    }
  }

  /// - Returns: nil where nothing can go.
  private static func squeeze(
    _ original: Graph, in id: GraphID, _ log: inout PassLog
  ) -> (graph: Graph, hasMerged: Bool)? {
    guard var found = SqueezableChannels(original) else { return nil }
    for (value, reason) in found.constants?.refusals ?? [] {
      log.refused(name, original.title(of: value), reason)
    }
    guard !found.removable.isEmpty else { return nil }
    var graph = original
    let apart = apart(graph, found.weights)
    if apart.changesAnything {
      graph.apply(apart)
      found = SqueezableChannels(graph) ?? found
    }
    report(found, graph, &log)
    if let constants = found.constants { graph.apply(constants.folding(in: graph)) }
    if let twins = found.twins { graph.apply(twins.folding(in: graph)) }
    graph.apply(ChannelRemoval(graph, removing: found.removable).edit(of: graph))
    let answers =
      found.twins?.isExact ?? true ? "no answer changes" : "answers differ by the rounding of sums"
    log.edited(
      name, "subgraph \(id.index)",
      "\(ChannelPruning.cost(original)) multiply-accumulates became \(ChannelPruning.cost(graph)); \(answers)"
    )
    return (graph, found.twins != nil)
  }

  private static func report(_ found: SqueezableChannels, _ graph: Graph, _ log: inout PassLog) {
    for (counts, reason) in [
      (found.constants?.counts, "constant, or read by nobody"),
      (found.twins?.counts, "they hold what others hold"),
    ] {
      for (value, count) in counts ?? [] {
        log.edited(
          name, graph.title(of: value),
          "\(count) of \(ChannelLinks.channelCount(of: graph[value])) channels removed: \(reason)")
      }
    }
  }

  /// Gives layers that share weights their own, as they lose different channels.
  private static func apart(_ graph: Graph, _ weights: Set<ValueID>) -> GraphEdit {
    ConstantSharing.unsharing(graph) {
      graph[$0].hasNumbers && (weights.contains($0) || ChannelLinks.channelCount(of: graph[$0]) > 0)
    }
  }
}

extension GraphEdit {
  /// Whether the edit has any part.
  fileprivate var changesAnything: Bool {
    !addedValues.isEmpty || !changedValues.isEmpty || !replacedNodes.isEmpty
  }
}

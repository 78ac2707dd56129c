package import GraphIR

/// Takes out channels that hold the same number whatever the model reads, and channels that nobody reads.
///
/// A channel is constant where its weights are zero, or where the range of its sum rounds and clamps to one number. What
/// the next layers would multiply with it goes into their biases, exactly. Integer models answer with the same bytes
/// on every kernel library; float ones may differ by the rounding of a bias.
package struct ConstantChannels: Pass {
  package static let name = "constant-channels"

  /// Looks at one graph, each at what the one before has left.
  private static let roundLimit = 16

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) {
    for index in model.graphs.indices {
      let id = GraphID(index)
      for _ in 0..<Self.roundLimit {
        let graph = model.graphs[index]
        guard let smaller = Self.squeeze(graph, in: id, &log) else { break }
        let hasNarrowed = Self.isNarrowed(graph, smaller)
        ConstantSharing.replace(id, of: &model, with: smaller)
        guard hasNarrowed else { break }
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
  private static func squeeze(_ original: Graph, in id: GraphID, _ log: inout PassLog) -> Graph? {
    guard var found = ConstantGroups(original) else { return nil }
    for (value, reason) in found.refusals { log.refused(name, original.title(of: value), reason) }
    guard !found.removable.isEmpty else { return nil }
    var graph = original
    // Layers that share weights lose different channels.
    let weights = ChannelRanges.weights(of: graph)
    let apart = ConstantSharing.unsharing(graph) {
      graph[$0].numbers != nil && (weights.contains($0) || ChannelLinks.channelCount(of: graph[$0]) > 0)
    }
    if apart.changesAnything {
      graph.apply(apart)
      found = ConstantGroups(graph) ?? found
    }
    report(found, graph, &log)
    graph.apply(found.folding(in: graph))
    graph.apply(ChannelRemoval(graph, removing: found.removable).edit(of: graph))
    log.edited(
      name, "subgraph \(id.index)",
      "\(ChannelPruning.cost(original)) multiply-accumulates became \(ChannelPruning.cost(graph)); no answer changes"
    )
    return graph
  }

  private static func report(_ found: ConstantGroups, _ graph: Graph, _ log: inout PassLog) {
    for (value, count) in found.counts {
      log.edited(
        name, graph.title(of: value),
        "\(count) of \(ChannelLinks.channelCount(of: graph[value])) channels removed: constant, or read by nobody"
      )
    }
  }
}

extension GraphEdit {
  /// Whether the edit has any part.
  fileprivate var changesAnything: Bool {
    !addedValues.isEmpty || !changedValues.isEmpty || !replacedNodes.isEmpty
  }
}

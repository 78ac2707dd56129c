package import GraphIR

/// Takes out channels that hold the same number whatever the model reads, and channels that nobody reads.
///
/// A channel is constant where its weights are zero, or where the range of its sum rounds and clamps to one number. What
/// the next layers would multiply with it goes into their biases, exactly. Integer models answer with the same bytes
/// on every kernel library; float ones may differ by the rounding of a bias.
package struct ConstantChannels: Pass {
  package static let name = "constant-channels"

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) {
    for index in model.graphs.indices {
      let id = GraphID(index)
      guard let smaller = Self.squeeze(model.graphs[index], in: id, &log) else { continue }
      ConstantSharing.replace(id, of: &model, with: smaller)
    }
  }

  /// - Returns: nil where nothing can go.
  private static func squeeze(_ original: Graph, in id: GraphID, _ log: inout PassLog) -> Graph? {
    guard var found = ConstantGroups(original) else { return nil }
    for (value, reason) in found.refusals { log.refused(name, original.title(of: value), reason) }
    guard !found.removable.isEmpty else { return nil }
    var graph = original
    // Layers that share weights lose different channels.
    let apart = ConstantSharing.unsharing(graph) { $0.numbers != nil }
    if apart.changesAnything {
      graph.apply(apart)
      found = ConstantGroups(graph) ?? found
    }
    report(found, graph, &log)
    graph.apply(found.folding(in: graph))
    graph.apply(ChannelRemoval(graph, removing: found.removable).edit(of: graph))
    log.edited(
      name, "\(id)",
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

import GraphIR
import Tensors

/// One stage of channel pruning: choose, remove, fit.
struct ChannelPruningWork: Sendable {
  let layers: CalibratedLayers
  let options: ChannelPruning.Options

  /// Inputs of a layer whose covariance is still inverted; wider layers lose by second moments only.
  private static let widthLimit = 2600

  /// Removes channels until the graph needs at most so many multiply-accumulates, and fits what is left.
  ///
  /// - Parameter goal: what the last stage leaves at most; the fit before is shorter.
  /// - Returns: whether any channel went.
  func prune(_ graph: inout Graph, limit: Int, goal: Int, _ log: inout PassLog) throws(PassError) -> Bool {
    guard let links = ChannelLinks(graph) else {
      throw PassError(pass: ChannelPruning.name, reason: "the model has too many channels to follow")
    }
    for refusal in links.refusals {
      log.refused(
        ChannelPruning.name, Self.place(refusal.value, graph), "its channels stay: \(refusal.reason)")
    }
    let readers = Self.readers(of: links.groups, in: graph)
    let moments = try layers.moments(of: readers, in: graph)
    let importance = try layers.importance(of: readers, moments, in: graph)
    let damages = readers.indices.map { index in
      ChannelDamage(
        moments[index], layer: readers[index].matrix(in: graph), importance: importance[index],
        isRefitted: options.refit && readers[index].rowLength <= Self.widthLimit)
    }
    var budget = ChannelBudget(graph, links.groups, readers, damages)
    let chosen = budget.choose(limit: limit)
    guard !chosen.isEmpty else { return false }
    report(chosen, links.groups, graph, &log)
    let original = graph
    let removal = ChannelRemoval(graph, removing: chosen)
    graph.apply(removal.edit(of: graph))
    guard options.refit else { return true }
    let refit = LayerRefit(
      samples: layers.samples, count: layers.count, runner: layers.runner, pass: ChannelPruning.name)
    try refit.run(on: &graph, original: original, kept: removal.kept)
    let isLast = ChannelPruning.cost(graph) <= goal
    let outcome = try layers.fitOutputs(&graph, epochs: isLast ? options.epochs : options.epochs / 2)
    if let outcome, isLast {
      log.edited(
        "fit-outputs", "subgraph 0",
        "on held-out samples the answers differ by \(Float(outcome.after)) of their variance, "
          + "\(Float(outcome.before)) before all layers were fitted together")
    }
    return true
  }

  /// CONV_2D and FULLY_CONNECTED that read a channel of a group.
  private static func readers(of groups: [ChannelLinks.Group], in graph: Graph) -> [LinearLayer] {
    var isMember = [Bool](repeating: false, count: graph.values.count)
    for member in groups.flatMap(\.members) { isMember[member.value.index] = true }
    return graph.nodes.indices.compactMap { index in
      guard let layer = LinearLayer(NodeID(index), in: graph), isMember[layer.input.index] else { return nil }
      if case .depthwise = layer.kind { return nil }
      return layer
    }
  }

  private func report(
    _ chosen: [ChannelLinks.Group], _ groups: [ChannelLinks.Group], _ graph: Graph, _ log: inout PassLog
  ) {
    var lost = [Int](repeating: 0, count: graph.values.count)
    var all = lost
    for group in groups { all[group.family.index] += 1 }
    for group in chosen { lost[group.family.index] += 1 }
    for (index, count) in lost.enumerated() where count > 0 {
      log.edited(
        ChannelPruning.name, Self.place(ValueID(index), graph),
        "\(count) of \(all[index]) channels removed, from all tensors that share them")
    }
  }

  private static func place(_ id: ValueID, _ graph: Graph) -> String {
    let name = graph[id].name ?? ""
    return name.isEmpty ? "tensor \(id.index)" : "tensor '\(name)'"
  }
}

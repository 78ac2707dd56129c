import Execution
import GraphIR
import Operators
import Tensors

/// What the stages of channel pruning share: the samples and the original's answers.
struct ChannelPruningWork: Sendable {
  private let samples: SampleSet
  private let options: ChannelPruning.Options
  private let runner: ParallelRunner
  private let count: Int
  /// The original's answers; nil where it has no derivatives.
  private let targets: OutputTargets?

  /// Samples from which the importance of outputs is estimated, at most.
  private static let importanceSamples = 256
  /// Inputs of a layer whose covariance is still inverted; wider layers lose by second moments only.
  private static let widthLimit = 2600

  init(
    _ graph: Graph, _ samples: SampleSet, _ options: ChannelPruning.Options, _ runner: ParallelRunner,
    _ log: inout PassLog
  ) throws(PassError) {
    self.samples = samples
    self.options = options
    self.runner = runner
    let limit = max(1, min(samples.count, options.sampleLimit))
    count = LayerSweep.sampleCount(graph, of: limit)
    let gradients: GradientGraph
    do throws(GradientGraph.Unsupported) { gradients = try GradientGraph(graph) } catch {
      log.refused(
        "fit-outputs", "subgraph 0",
        "layers are weighed alike and fitted one by one only: \(error.reason)")
      targets = nil
      return
    }
    do throws(RunError) {
      targets = try OutputTargets(gradients, samples, count: limit, runner: runner)
    } catch {
      throw Self.failure(error)
    }
  }

  /// Removes channels until the graph needs at most so many multiply-accumulates, and fits what is left.
  ///
  /// - Returns: whether any channel went.
  func prune(_ graph: inout Graph, limit: Int, isLast: Bool, _ log: inout PassLog) throws(PassError) -> Bool {
    guard let links = ChannelLinks(graph) else {
      throw PassError(pass: ChannelPruning.name, reason: "the model has too many channels to follow")
    }
    for refusal in links.refusals {
      log.refused(
        ChannelPruning.name, Self.place(refusal.value, graph), "its channels stay: \(refusal.reason)")
    }
    let layers = Self.readers(of: links.groups, in: graph)
    let importance = try importance(of: layers, in: graph)
    let damages = try damages(of: layers, importance, in: graph)
    var budget = ChannelBudget(graph, links.groups, layers, damages)
    let chosen = budget.choose(limit: limit)
    guard !chosen.isEmpty else { return false }
    report(chosen, links.groups, graph, &log)
    let original = graph
    let removal = ChannelRemoval(graph, removing: chosen)
    removal.apply(to: &graph)
    guard options.refit else { return true }
    try LayerRefit(samples: samples, count: count, runner: runner, pass: ChannelPruning.name)
      .run(on: &graph, original: original, kept: removal.kept)
    try fitOutputs(&graph, isLast: isLast)
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

  private func importance(of layers: [LinearLayer], in graph: Graph) throws(PassError) -> [[Double]] {
    if let targets, let gradients = try? GradientGraph(graph) {
      do throws(RunError) {
        return try OutputSensitivity.importance(
          of: layers, gradients, targets, samples, count: Self.importanceSamples, runner: runner)
      } catch {
        throw Self.failure(error)
      }
    }
    return layers.map { [Double](repeating: 1, count: $0.outputChannels) }
  }

  private func damages(
    of layers: [LinearLayer], _ importance: [[Double]], in graph: Graph
  ) throws(PassError) -> [ChannelDamage] {
    var sweep = try LayerSweep(graph, samples, count: count, runner: runner, pass: ChannelPruning.name)
    var result: [ChannelDamage] = []
    for index in graph.nodes.indices {
      if result.count < layers.count, layers[result.count].node == NodeID(index) {
        let layer = layers[result.count]
        let moments = layer.moments(sweep)
        let matrix = layer.matrix(in: graph)
        result.append(
          ChannelDamage(
            moments, layer: matrix,
            importance: targets == nil ? Self.evenImportance(moments, matrix) : importance[result.count],
            isRefitted: options.refit && layer.rowLength <= Self.widthLimit))
      }
      try sweep.run(NodeID(index), of: graph)
    }
    return result
  }

  /// One part of the layer's output energy for every output.
  private static func evenImportance(_ moments: NormalEquations, _ matrix: Matrix) -> [Double] {
    let product = moments.gram * matrix
    let energy = zip(product.elements, matrix.elements).reduce(0) { $0 + $1.0 * $1.1 }
    let share = Double(max(moments.rowCount, 1)) / max(energy, .leastNormalMagnitude)
    return [Double](repeating: share, count: matrix.columns)
  }

  private func fitOutputs(_ graph: inout Graph, isLast: Bool) throws(PassError) {
    let epochs = isLast ? options.epochs : options.epochs / 2
    guard let targets, epochs > 0 else { return }
    do throws(RunError) {
      _ = try OutputRefit(targets: targets, samples: samples, epochs: epochs, runner: runner).run(on: &graph)
    } catch {
      throw Self.failure(error)
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

  private static func failure(_ error: RunError) -> PassError {
    PassError(pass: ChannelPruning.name, reason: "\(error)")
  }
}

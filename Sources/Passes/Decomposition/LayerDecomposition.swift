package import Datasets
import Execution
package import GraphIR
import Operators
import Tensors

/// Replaces CONV_2D and FULLY_CONNECTED by two thinner layers each, where that saves multiply-accumulates or
/// bytes and the calibration samples say that the answers hardly change.
///
/// Forms: through fewer channels, a column and a row of taps, or depthwise and 1×1. The second layer is fitted
/// by least squares to the outputs of the original; at last all layers are fitted together to the original's
/// answers. The error is measured, not only estimated: layers whose split costs most are put back until the
/// model's answers stay within the budget.
package struct LayerDecomposition: Pass {
  package static let name = "decompose"

  package enum Goal: Sendable {
    case multiplyAccumulates
    case bytes
  }

  package struct Options: Sendable {
    /// The mean squared change of the answers, in parts of their variance, that all layers together may
    /// cause before the last fit.
    package var errorBudget: Double
    package var goal: Goal
    /// Rounds of the last fit, each over as many samples as there are, but at most 1,000; 0 leaves it out.
    package var epochs: Int
    /// Threads to use at most; the result does not depend on it.
    package var threadCount: Int?

    package init(
      errorBudget: Double = 0.01, goal: Goal = .multiplyAccumulates, epochs: Int = 10,
      threadCount: Int? = nil
    ) {
      self.errorBudget = errorBudget
      self.goal = goal
      self.epochs = epochs
      self.threadCount = threadCount
    }
  }

  private let options: Options
  private let samples: SampleSet

  /// Inputs and outputs of a layer beyond which it is left alone.
  private static let widthLimit = (inputs: 2600, outputs: 512)

  /// - Parameter calibration: samples of what the model will see.
  package init(_ options: Options, calibration: SampleSet) {
    self.options = options
    samples = calibration
  }

  /// A layer's split and what it is estimated to cost.
  private struct Split {
    let layer: LinearLayer
    let factors: LayerFactors
    let damage: Double
  }

  /// - Throws: `PassError` for a budget that is no positive number, a model that is not float32, and samples
  ///   that do not fit it.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard options.errorBudget > 0, options.errorBudget.isFinite else {
      throw PassError(pass: Self.name, reason: "the error budget is \(options.errorBudget); give one above 0")
    }
    try FloatModelCheck.require(model, for: Self.name)
    var start = model
    start.apply(ConstantSharing.unsharing(model.graphs[0]), to: GraphID(0))
    let layers = try CalibratedLayers(
      start, samples, threadCount: options.threadCount, pass: Self.name, &log)
    let graph = start.graphs[0]
    var splits = try splits(layers, graph, &log)
    guard !splits.isEmpty else { return }
    var changed = Self.apply(splits, to: graph)
    while let error = try layers.answerError(of: changed), error > options.errorBudget {
      guard let worst = splits.indices.max(by: { splits[$0].damage < splits[$1].damage }) else { break }
      let split = splits.remove(at: worst)
      log.refused(
        Self.name, place(split.layer, graph),
        "put back: with it the answers change by \(text(error)) of their variance, more than "
          + text(options.errorBudget))
      changed = Self.apply(splits, to: graph)
      if splits.isEmpty { return }
    }
    let outcome = try layers.fitOutputs(&changed, epochs: options.epochs)
    report(splits, graph, outcome, &log)
    ConstantSharing.replaceMainGraph(of: &model, with: changed)
  }

  private func splits(
    _ layers: CalibratedLayers, _ graph: Graph, _ log: inout PassLog
  ) throws(PassError) -> [Split] {
    var candidates: [LinearLayer] = []
    for index in graph.nodes.indices {
      let kind = graph.nodes[index].passFacts?.layer?.kind
      guard kind == .convolution || kind == .dense else { continue }
      let place = graph.title(of: NodeID(index))
      guard let layer = LinearLayer(NodeID(index), in: graph) else {
        log.refused(Self.name, place, "its weights are no float32 constants, or it has groups or a batch")
        continue
      }
      guard layer.rowLength <= Self.widthLimit.inputs, layer.outputChannels <= Self.widthLimit.outputs else {
        log.refused(
          Self.name, place,
          "it is wider than the \(Self.widthLimit.inputs) inputs and \(Self.widthLimit.outputs) outputs that are tried"
        )
        continue
      }
      candidates.append(layer)
    }
    let moments = try layers.moments(of: candidates, in: graph)
    let importance = try layers.importance(of: candidates, moments, in: graph)
    let limit = options.errorBudget / Double(max(candidates.count, 1))
    var splits: [Split] = []
    for (index, layer) in candidates.enumerated() {
      let search = FactorSearch(layer, in: graph, moments[index], importance: importance[index])
      if let factors = search.best(limit: limit, isByBytes: options.goal == .bytes) {
        splits.append(Split(layer: layer, factors: factors, damage: search.damage(of: factors.product)))
      } else {
        log.refused(
          Self.name, place(layer, graph),
          "no two layers are cheaper and change the answers by less than \(text(limit)) of their variance")
      }
    }
    return splits
  }

  private static func apply(_ splits: [Split], to graph: Graph) -> Graph {
    var edit = GraphEdit(of: graph)
    for split in splits.reversed() { FactorReplacement.make(split.factors, for: split.layer, in: &edit) }
    return graph.applying(edit)
  }

  private func report(
    _ splits: [Split], _ graph: Graph, _ outcome: OutputRefit.Outcome?, _ log: inout PassLog
  ) {
    for split in splits {
      let node = graph[split.layer.node]
      let before = Registry.multiplyAccumulates(of: node, in: graph)
      log.edited(
        Self.name, place(split.layer, graph),
        "became \(split.factors.form): \(before) multiply-accumulates are \(split.factors.multiplyAccumulates), "
          + "\(split.layer.rowLength * split.layer.outputChannels) weights are \(split.factors.parameterCount)"
      )
    }
    guard let outcome else { return }
    log.edited(
      "fit-outputs", "subgraph 0",
      "on held-out samples the answers differ by \(text(outcome.after)) of their variance, "
        + "\(text(outcome.before)) before all layers were fitted together")
  }

  private func place(_ layer: LinearLayer, _ graph: Graph) -> String {
    graph.title(of: layer.node)
  }

  private func text(_ part: Double) -> String { Float(part).description }
}

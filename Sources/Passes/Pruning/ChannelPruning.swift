package import Datasets
import Execution
package import GraphIR
import Operators
import Tensors

/// Removes whole channels of a float model, so that tensors, arena, weights and multiply-accumulates shrink.
///
/// Channels that operators tie together go together. Those whose loss changes the model's answers least, for
/// what they save, go first: over all layers at once, by the second moments of the calibration activations
/// and the derivatives of the answers. Then the remaining weights and biases are fitted by least squares,
/// layer by layer and at last all together, to what the original computes. No labels are used.
package struct ChannelPruning: Pass {
  package static let name = "prune-channels"

  package struct Options: Sendable {
    /// The part of the model's multiply-accumulates to save, between 0 and 1.
    package var fraction: Double
    /// Whether the remaining weights are fitted.
    package var refit: Bool
    /// Rounds of the last fit, of all layers together, each over as many samples as there are, but at most
    /// 1,000; 0 leaves it out.
    package var epochs: Int
    /// Steps in which the channels go; what a step leaves is fitted before the next one chooses.
    package var stages: Int
    /// Threads to use at most; the result does not depend on it.
    package var threadCount: Int?

    /// Chosen by the error on held-out calibration samples.
    package static let defaultEpochs = 200
    package static let defaultStages = 1

    package init(
      fraction: Double, refit: Bool = true, epochs: Int = defaultEpochs, stages: Int = defaultStages,
      threadCount: Int? = nil
    ) {
      self.fraction = fraction
      self.refit = refit
      self.epochs = epochs
      self.stages = stages
      self.threadCount = threadCount
    }
  }

  private let options: Options
  private let samples: SampleSet

  /// - Parameter calibration: samples of what the model will see.
  package init(_ options: Options, calibration: SampleSet) {
    self.options = options
    samples = calibration
  }

  /// - Throws: `PassError` for a fraction outside 0..<1, a model that is not float32, and samples that do
  ///   not fit it.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard options.fraction >= 0, options.fraction < 1, options.stages > 0 else {
      throw PassError(
        pass: Self.name, reason: "the part to save is \(options.fraction); give one from 0 to below 1")
    }
    try FloatModelCheck.require(model, for: Self.name)
    guard options.fraction > 0 else { return }
    var original = model
    original.apply(ConstantSharing.unsharing(model.graphs[0]), to: GraphID(0))
    let work = ChannelPruningWork(
      layers: try CalibratedLayers(
        original, samples, threadCount: options.threadCount, pass: Self.name, &log), options: options)
    var graph = original.graphs[0]
    let start = Self.cost(graph)
    let goal = limit(start, stage: options.stages)
    for stage in 1...options.stages {
      let limit = limit(start, stage: stage)
      guard Self.cost(graph) > limit else { continue }
      guard try work.prune(&graph, limit: limit, goal: goal, &log) else { break }
    }
    let end = Self.cost(graph)
    guard end < start else { return }
    ConstantSharing.replaceMainGraph(of: &model, with: graph)
    log.edited(
      Self.name, "subgraph 0",
      "\(start) multiply-accumulates became \(end), \(percent(start - end, of: start)) fewer")
    if end > goal {
      log.refused(Self.name, "subgraph 0", "no more channels can go without emptying a tensor")
    }
  }

  /// Multiply-accumulates that a stage leaves at most.
  private func limit(_ start: Int, stage: Int) -> Int {
    let part = options.fraction * Double(stage) / Double(options.stages)
    return Int((Double(start) * (1 - part)).rounded(.down))
  }

  /// Multiply-accumulates of one inference of a model's main graph.
  package static func multiplyAccumulates(of model: Model) -> Int {
    model.graphs.first.map(cost) ?? 0
  }

  static func cost(_ graph: Graph) -> Int {
    graph.nodes.reduce(0) { $0 + Registry.multiplyAccumulates(of: $1, in: graph) }
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    let tenths = (1000 * part + whole / 2) / max(whole, 1)
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

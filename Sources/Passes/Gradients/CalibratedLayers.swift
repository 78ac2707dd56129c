import Datasets
import Execution
import GraphIR
import Tensors

/// What passes that change layers learn from calibration samples: the original's answers, how much they
/// change with every layer's outputs, and the second moments of the layers' inputs.
struct CalibratedLayers: Sendable {
  let samples: SampleSet
  let runner: ParallelRunner
  let pass: String
  /// Samples that layers are looked at with: those whose activations fit into memory at once.
  let count: Int
  /// The original's answers; nil where it has no derivatives.
  let targets: OutputTargets?
  /// The samples' numbers; nil where there are no targets.
  private let fittingSamples: FittingSamples?
  private let variants: SampleVariants

  /// Samples from which the importance of outputs is estimated, at most.
  private static let importanceSamples = 256
  /// Samples that layers are looked at with, at most; the model's answers are taken from all.
  private static let layerSamples = 1000

  /// - Throws: `PassError` for samples that do not fit the graph, or cannot tell anything about it.
  init(
    _ model: Model, _ samples: SampleSet, threadCount: Int?, pass: String, _ log: inout PassLog
  ) throws(PassError) {
    self.samples = samples
    self.pass = pass
    runner = ParallelRunner(threadCount: threadCount)
    do throws(CalibrationError) {
      _ = try CalibrationRun(
        model, samples: samples.prefix(Self.layerSamples), threadCount: threadCount)
    } catch {
      throw PassError(pass: pass, reason: "\(error)")
    }
    let graph = model.graphs[0]
    count = LayerSweep.sampleCount(graph, of: min(samples.count, Self.layerSamples))
    var variants = SampleVariants(graph)
    let gradients: GradientGraph
    do throws(GradientGraph.Unsupported) { gradients = try GradientGraph(graph) } catch {
      log.refused(
        "fit-outputs", "subgraph 0", "layers are weighed alike and fitted one by one only: \(error.reason)")
      (targets, fittingSamples, self.variants) = (nil, nil, variants)
      return
    }
    do throws(RunError) {
      let numbers = try FittingSamples(samples, runner: runner)
      let answers = try OutputTargets(gradients, numbers, runner: runner)
      try variants.mirrorIfAlike(answers, numbers, runner: runner)
      (targets, fittingSamples, self.variants) = (answers, numbers, variants)
    } catch {
      throw PassError(pass: pass, reason: "\(error)")
    }
  }

  /// What a unit of squared error in every output of a layer does to the answers, in parts of their
  /// variance; where the original has no derivatives, each layer's error counts in parts of its own output.
  func importance(
    of layers: [LinearLayer], _ moments: [NormalEquations], in graph: Graph
  ) throws(PassError) -> [[Double]] {
    guard let targets, let fittingSamples else {
      return zip(layers, moments).map { Self.evenImportance($1, $0.matrix(in: graph)) }
    }
    let gradients = try gradients(of: graph)
    do throws(RunError) {
      return try OutputSensitivity.importance(
        of: layers, gradients, targets, fittingSamples, count: Self.importanceSamples, runner: runner)
    } catch {
      throw PassError(pass: pass, reason: "\(error)")
    }
  }

  /// The moments of the inputs of CONV_2D and FULLY_CONNECTED, in the order of the nodes.
  func moments(of layers: [LinearLayer], in graph: Graph) throws(PassError) -> [NormalEquations] {
    var sweep = try LayerSweep(graph, samples, count: count, runner: runner, pass: pass)
    var result: [NormalEquations] = []
    for index in graph.nodes.indices {
      if result.count < layers.count, layers[result.count].node == NodeID(index) {
        result.append(try layers[result.count].moments(sweep))
      }
      try sweep.run(NodeID(index), of: graph)
    }
    return result
  }

  /// Fits all layers together to the original's answers.
  ///
  /// - Returns: nil where that is not possible.
  func fitOutputs(_ graph: inout Graph, epochs: Int) throws(PassError) -> OutputRefit.Outcome? {
    guard let targets, let fittingSamples, epochs > 0 else { return nil }
    let gradients = try gradients(of: graph)
    let refit = OutputRefit(
      targets: targets, samples: fittingSamples, variants: variants, epochs: epochs, runner: runner)
    do throws(RunError) {
      return try refit.run(on: &graph, gradients)
    } catch {
      throw PassError(pass: pass, reason: "\(error)")
    }
  }

  /// The mean squared error of a graph's answers, in parts of the original's variance; nil without answers.
  func answerError(of graph: Graph) throws(PassError) -> Double? {
    guard let targets, let fittingSamples else { return nil }
    let gradients = try gradients(of: graph)
    do throws(RunError) {
      let errors = try runner.mapLanes(
        count: targets.count, makeWorker: { gradients.makeMemory() },
        body: { (memory: GradientMemory, range: [Int]) throws(RunError) -> [Double] in
          gradients.forward(memory, try fittingSamples.numbers(range))
          return targets.errors(gradients, memory, from: range.map { targets.answers[$0] })
        })
      return errors.reduce(0, +) / Double(max(errors.count, 1))
    } catch {
      throw PassError(pass: pass, reason: "\(error)")
    }
  }

  /// The derivatives of a changed graph, whose original has some.
  private func gradients(of graph: Graph) throws(PassError) -> GradientGraph {
    do throws(GradientGraph.Unsupported) { return try GradientGraph(graph) } catch {
      throw PassError(
        pass: pass, reason: "the changed model has no derivatives, but the original has: \(error.reason)")
    }
  }

  /// One part of the layer's output energy for every output.
  private static func evenImportance(_ moments: NormalEquations, _ matrix: Matrix) -> [Double] {
    let product = moments.gram * matrix
    let energy = zip(product.elements, matrix.elements).reduce(0) { $0 + $1.0 * $1.1 }
    let share = Double(max(moments.rowCount, 1)) / max(energy, .leastNormalMagnitude)
    return [Double](repeating: share, count: matrix.columns)
  }
}

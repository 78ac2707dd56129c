import Datasets
import Execution
import GraphIR

/// What a model's answers say about the scale of its data.
struct ScaleEvidence {
  private let model: Model
  private let samples: SampleSet
  private let labels: Labels?
  private let runner: ParallelRunner

  /// A score from which on a model of probabilities has no doubt; scales that are too large make it so always.
  private static let sureScore: Float = 0.999

  init(_ model: Model, _ samples: SampleSet, _ labels: Labels?, _ runner: ParallelRunner) {
    self.model = model
    self.samples = samples
    self.labels = labels.map { Labels(Array($0.values.prefix(samples.count)), file: $0.file) }
    self.runner = runner
  }

  /// Adds to each proposal what speaks for it; sorts them by accuracy where that is known.
  ///
  /// - Returns: whether the data are clearly right as they are.
  func judge(_ proposals: inout [ScaleProposal]) -> Bool {
    guard let interpreter = try? Interpreter(model),
      let comparison = try? AccuracyComparison(reference: interpreter, candidate: interpreter)
    else { return false }
    guard let labels else {
      for index in proposals.indices { addSureness(&proposals[index], interpreter) }
      return false
    }
    var accuracies: [Double] = []
    for index in proposals.indices {
      let scaled = samples.preprocessed(proposals[index].preprocessing)
      guard let top1 = try? comparison.share(of: labels, scaled, runner: runner) else { return false }
      accuracies.append(top1)
      proposals[index].evidence = "top-1 \(Self.percent(top1)) of \(samples.count) samples"
    }
    let order = proposals.indices.sorted { (-accuracies[$0], $0) < (-accuracies[$1], $1) }
    let others = proposals.indices.filter { !proposals[$0].isIdentity }.map { accuracies[$0] }
    let own = proposals.firstIndex(where: \.isIdentity).map { accuracies[$0] }
    proposals = order.map { proposals[$0] }
    guard let own, let best = others.max() else { return false }
    return own >= best + ScaleCheck.clearDifference
  }

  /// How often the model has no doubt, where its first output is probabilities.
  private func addSureness(_ proposal: inout ScaleProposal, _ interpreter: Interpreter) {
    guard let graph = model.graphs.first, let output = graph.outputs.first ?? nil else { return }
    let type = graph[output].elementType
    guard graph[output].quantization?.isQuantized != true else { return }
    let best = try? runner.run(interpreter, samples.preprocessed(proposal.preprocessing)) {
      _, outputs throws(RunError) in
      let scores = NumericElements.floats(outputs[0], type) ?? []
      let isDistribution =
        scores.count > 1 && abs(scores.reduce(0, +) - 1) < 0.01 && scores.allSatisfy { $0 >= 0 }
      return isDistribution ? scores.max() : nil
    }
    guard let best, !best.isEmpty, !best.contains(nil) else { return }
    let share = Double(best.count { ($0 ?? 0) >= Self.sureScore }) / Double(best.count)
    let sureness = "sure of \(Self.percent(share)) of \(best.count) samples"
    proposal.evidence = proposal.evidence.map { "\($0); \(sureness)" } ?? sureness
  }

  private static func percent(_ share: Double) -> String {
    "\((1000 * share).rounded() / 10) %"
  }
}

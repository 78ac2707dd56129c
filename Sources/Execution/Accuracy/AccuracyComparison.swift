package import Datasets
import GraphIR
import Tensors

/// Compares the answers of two models over samples: accuracy, agreement, outputs, and layer by layer
/// where the difference enters.
package struct AccuracyComparison: Sendable {
  let reference: Interpreter
  let candidate: Interpreter
  let outputs: [TensorPair]
  private let layers: [TensorPair]
  /// How many scores the first output holds; nil where it is not one list of scores.
  let classCount: Int?

  /// - Throws: `incomparable` unless the models have the same inputs and outputs, types aside.
  package init(reference: Interpreter, candidate: Interpreter) throws(RunError) {
    let (first, second) = (reference.model.graphs[0], candidate.model.graphs[0])
    let inputs = [first, second].map { graph in
      graph.inputs.compactMap(\.self).map { graph[$0].shape }
    }
    guard inputs[0].count == inputs[1].count, zip(inputs[0], inputs[1]).allSatisfy(Self.areAlike) else {
      let texts = inputs.map { $0.map { $0?.description ?? "?" }.joined(separator: ", ") }
      throw .incomparable("the reference takes \(texts[0]), the candidate \(texts[1])")
    }
    outputs = try TensorPair.outputs(first, second)
    layers = TensorPair.layers(
      first, order: reference.layout.orders[0], second, order: candidate.layout.orders[0])
    self.reference = reference
    self.candidate = candidate
    let scores = outputs.first.flatMap { first[$0.reference.value].shape }
    let isList = scores.map { $0.dimensions.filter { $0 != 1 }.count == 1 } ?? false
    classCount = isList ? scores?.elementCount : nil
  }

  /// Whether shapes hold the same numbers in the same order: equal but for dimensions of 1.
  private static func areAlike(_ first: Shape?, _ second: Shape?) -> Bool {
    first?.dimensions.filter { $0 != 1 } == second?.dimensions.filter { $0 != 1 }
  }

  /// Runs both models with the same samples.
  ///
  /// - Parameters:
  ///   - referenceSamples: the data for the reference's inputs.
  ///   - candidateSamples: the same data for the candidate's, whose types may differ.
  ///   - labels: the true classes, for models whose first output is a list of scores.
  ///   - layerSampleCount: for how many samples layers are compared; they cost as much as the models.
  /// - Throws: `RunError` for data that do not fit, or the first sample that fails.
  package func run(
    _ referenceSamples: SampleSet, _ candidateSamples: SampleSet, labels: Labels? = nil,
    layerSampleCount: Int = .max, runner: ParallelRunner = ParallelRunner()
  ) throws(RunError) -> ComparisonResult {
    let count = referenceSamples.count
    guard count == candidateSamples.count else {
      throw .incomparable("\(count) samples for the reference, \(candidateSamples.count) for the candidate")
    }
    if let labels { try check(labels, sampleCount: count) }
    let samples = try runner.map(
      count: count, makeWorker: { ComparisonWorker(reference, candidate, layers: layers) },
      body: { worker, index throws(RunError) in
        let answer = try worker.run(
          runner, referenceSamples, candidateSamples, index, isRecording: index < layerSampleCount)
        return sample(answer, label: labels?.values[index])
      })
    return result(samples, hasLabels: labels != nil)
  }

  /// What one sample adds to the result.
  private struct Sample: Sendable {
    let referenceRank: Int?
    let candidateRank: Int?
    let isAgreed: Bool
    let outputs: [SignalDifference]
    let layers: [SignalDifference]
  }

  func check(_ labels: Labels, sampleCount: Int) throws(RunError) {
    guard let classCount else {
      throw .incomparable(
        "labels need a model whose first output is one score for each class; '\(outputs.first?.name ?? "")' is not"
      )
    }
    do throws(DataError) {
      try labels.check(sampleCount: sampleCount)
      if let index = labels.values.firstIndex(where: { $0 >= classCount }) {
        throw .invalidLabel(
          file: labels.file, index: index,
          reason: "is \(labels.values[index]); the model has \(classCount) classes, 0 to \(classCount - 1)")
      }
    } catch {
      throw .data(error)
    }
  }

  private func sample(
    _ answer: (reference: [[UInt8]], candidate: [[UInt8]], layers: [SignalDifference]), label: Int?
  ) -> Sample {
    var differences: [SignalDifference] = []
    var scores: ([Float], [Float])?
    for (index, pair) in outputs.enumerated() {
      let left = pair.reference.dequantizer.floats(answer.reference[index])
      let right = pair.candidate.dequantizer.floats(answer.candidate[index])
      var difference = SignalDifference()
      difference.add(left, right)
      difference.addBytes(answer.reference[index], answer.candidate[index], as: pair.commonType)
      differences.append(difference)
      if index == 0 { scores = (left, right) }
    }
    let (left, right) = scores ?? ([], [])
    return Sample(
      referenceRank: label.flatMap { Ranking.rank(of: $0, in: left) },
      candidateRank: label.flatMap { Ranking.rank(of: $0, in: right) },
      isAgreed: Ranking.best(left) == Ranking.best(right), outputs: differences, layers: answer.layers)
  }

  private func result(_ samples: [Sample], hasLabels: Bool) -> ComparisonResult {
    let agreed = samples.count(where: \.isAgreed)
    return ComparisonResult(
      samples: samples.count,
      reference: accuracy(samples.map(\.referenceRank), hasLabels: hasLabels),
      candidate: accuracy(samples.map(\.candidateRank), hasLabels: hasLabels),
      agreement: classCount == nil ? nil : Double(agreed) / Double(samples.count),
      outputs: tensors(outputs, samples.map(\.outputs)),
      layers: tensors(layers, samples.map(\.layers).filter { !$0.isEmpty }))
  }

  private func accuracy(_ ranks: [Int?], hasLabels: Bool) -> ComparisonResult.Accuracy {
    guard hasLabels, let classCount else { return ComparisonResult.Accuracy(top1: nil, top5: nil) }
    func share(_ limit: Int) -> Double {
      Double(ranks.count { $0.map { $0 < limit } ?? false }) / Double(ranks.count)
    }
    return ComparisonResult.Accuracy(top1: share(1), top5: classCount > 5 ? share(5) : nil)
  }

  /// Sums in the order of the samples: the same bits at any number of threads.
  private func tensors(_ pairs: [TensorPair], _ differences: [[SignalDifference]]) -> [ComparisonResult
    .Tensor]
  {
    guard !differences.isEmpty else { return [] }
    return pairs.enumerated().map { index, pair in
      var total = SignalDifference()
      for sample in differences { total.merge(sample[index]) }
      return ComparisonResult.Tensor(
        name: pair.name, referenceOperator: pair.reference.operatorName,
        candidateOperator: pair.candidate.operatorName, difference: total)
    }
  }
}

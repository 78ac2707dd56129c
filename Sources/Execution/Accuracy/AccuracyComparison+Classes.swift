package import Datasets

/// Accuracy against classes that are known before, so that only the candidate runs.
extension AccuracyComparison {
  /// The class that the reference finds best for each sample; nil where no score is a number.
  ///
  /// - Returns: nil for models whose first output is not one list of scores.
  package func referenceClasses(
    _ samples: SampleSet, runner: ParallelRunner = ParallelRunner()
  ) throws(RunError) -> [Int?]? {
    try classes(reference, outputs.first?.reference.dequantizer, samples, runner)
  }

  /// The share of samples for which the candidate finds the expected class best.
  ///
  /// - Parameter expected: a class for each sample; nil where the reference has found none.
  /// - Returns: nil for models whose first output is not one list of scores.
  /// - Throws: `RunError` for data that do not fit, or the first sample that fails.
  package func share(
    of expected: [Int?], _ candidateSamples: SampleSet, runner: ParallelRunner = ParallelRunner()
  ) throws(RunError) -> Double? {
    guard expected.count == candidateSamples.count else {
      throw .incomparable("\(expected.count) classes for \(candidateSamples.count) samples")
    }
    let found = try classes(candidate, outputs.first?.candidate.dequantizer, candidateSamples, runner)
    return found.map { found in Double(zip(found, expected).count { $0 == $1 }) / Double(expected.count) }
  }

  /// The share of samples that the candidate classifies as the labels say.
  ///
  /// - Throws: `RunError` for labels or data that do not fit, or the first sample that fails.
  package func share(
    of labels: Labels, _ candidateSamples: SampleSet, runner: ParallelRunner = ParallelRunner()
  ) throws(RunError) -> Double? {
    try check(labels, sampleCount: candidateSamples.count)
    return try share(of: labels.values.map(Optional.some), candidateSamples, runner: runner)
  }

  private func classes(
    _ interpreter: Interpreter, _ dequantizer: Dequantizer?, _ samples: SampleSet, _ runner: ParallelRunner
  ) throws(RunError) -> [Int?]? {
    guard classCount != nil, let dequantizer else { return nil }
    return try runner.run(interpreter, samples) { _, outputs throws(RunError) in
      Ranking.best(dequantizer.floats(outputs[0]))
    }
  }
}

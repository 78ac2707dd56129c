import Execution
import Foundation
import GraphIR
import ModelFiles
import Passes
import Reporting
import Runtimes

/// `nnopt optimize --search`.
extension Optimize {
  func searchSequences() throws {
    let original = try ModelFile.read(path: model)
    guard let test = try testData(for: original) else {
      Console.error("--search judges sequences by accuracy: give --data, and --labels where there are any")
      throw Outcome.badInput
    }
    let samples = try test.samples(original)
    let calibration = try calibrationData(for: original)
    let planner = try planner()
    let cost = try costModel(planner)
    let gauge = SearchGauge(
      gauge(for: original, planner, test), cost: cost, isForTFLM: runtimeOptions.runtime == .tflm)
    let space = SearchSpace(
      seed: data.seed, hasFloatPorts: passes.io == .float32, otherSamples: otherSamples(calibration))
    var search = JointSearch(
      original, space: space, threadCount: data.runner.threadCount,
      recipe: { try recipe(for: $0, calibration, planner, threadCount: $1) },
      measure: { try gauge.figures(of: $0, threadCount: $1) })
    let fingerprint = try fingerprint(samples, test.labels, calibration)
    var state = try savedState(fingerprint: fingerprint) ?? newState(original, gauge, fingerprint)
    try run(&search, &state)
    try finish(&search, state, sampleCount: samples.count, hasCost: cost != nil)
  }

  private func newState(
    _ original: Model, _ gauge: SearchGauge, _ fingerprint: String
  ) throws -> SearchState {
    let before = try Outcome.naming(model) { try gauge.figures(of: original) }
    guard before.model.top1 != nil else {
      Console.error("--search needs a model whose first output is a list of scores")
      throw Outcome.badInput
    }
    return SearchState(fingerprint: fingerprint, before: before)
  }

  /// Another number of samples to quantize with, where there are more than by default.
  private func otherSamples(_ calibration: SampleSet) -> Int? {
    guard passes.calibrationSamples == nil, calibration.count > PassOptions.quantizationSamples else {
      return nil
    }
    return min(calibration.count, PassOptions.fittingSamples)
  }

  private func recipe(
    for candidate: SearchCandidate, _ calibration: SampleSet, _ planner: DevicePlanner, threadCount: Int
  ) throws -> SearchRecipe {
    let options = try passes.with(candidate)
    let samples = calibration.prefix(options.calibrationSamples ?? PassOptions.fittingSamples)
    let steps = OptimizeSteps(
      options: options, calibration: samples, planner: planner, threadCount: threadCount,
      isSequence: data.sequence)
    let keys = candidate.preparations.map { "\($0.options), \(samples.count) samples" }
    let preparations = steps.preparations
    precondition(preparations.count == keys.count + 1, "each preparation is a step behind the clean-up")
    return SearchRecipe(
      preparations: zip(["clean-up \(options.changesWeights)"] + keys, preparations).enumerated().map {
        SearchRecipe.Preparation($1.0, $1.1, mustChange: $0 > 0)
      }, rest: steps.rest)
  }

  /// Changes with everything that figures and order of the candidates depend on; the budget does not count.
  private func fingerprint(
    _ samples: SampleSet, _ labels: Labels?, _ calibration: SampleSet
  ) throws -> String {
    var fingerprint = SearchFingerprint()
    fingerprint.add(try FileReading.bytes(of: model))
    try fingerprint.add(samples)
    fingerprint.add(labels.map { "\($0.values)" } ?? "no labels")
    try fingerprint.add(calibration)
    if let file = boards.file { fingerprint.add(try FileReading.bytes(of: file)) }
    fingerprint.add("\(settings) --seed \(data.seed) --io \(passes.io)")
    fingerprint.add(Nnopt.configuration.version)
    return fingerprint.text
  }

  private func savedState(fingerprint: String) throws -> SearchState? {
    guard let path = search.resume, FileManager.default.fileExists(atPath: path) else { return nil }
    let json = Data(try FileReading.bytes(of: path))
    do throws(SearchStateError) {
      return try SearchState(json: json, fingerprint: fingerprint)
    } catch {
      Console.error("\(path) \(error)")
      throw Outcome.badInput
    }
  }

  private func run(_ joint: inout JointSearch, _ state: inout SearchState) throws {
    let budget = search.searchBudget ?? SearchOptions.defaultBudget
    var progress = Progress()
    try joint.run(
      &state, budget: budget,
      willTry: { batch in
        progress = Progress()
        progress.begin("\(batch.map(\.key).joined(separator: "; "))")
      },
      didTry: { state in
        progress.end()
        if let path = search.resume { try AtomicFile.write(Array(try state.encoded()), to: path) }
        Console.note("nnopt: \(progressText(state, budget))")
      })
  }

  private func progressText(_ state: SearchState, _ budget: Int) -> String {
    let best = state.best(.size, within: maxDrop ?? SearchOptions.defaultDrop)
    let size = best.map { ", the smallest has \(Figures.grouped($0.figures.model.fileBytes)) B" } ?? ""
    return "\(state.measuredCount) of \(budget) sequences measured\(size)"
  }

  private func finish(
    _ joint: inout JointSearch, _ state: SearchState, sampleCount: Int, hasCost: Bool
  ) throws {
    let report = SearchReport(
      path: model, output: dryRun ? nil : output, hasLabels: labels != nil, sampleCount: sampleCount,
      board: hasCost ? board : nil, seed: data.seed,
      budget: search.searchBudget ?? SearchOptions.defaultBudget,
      maximumDrop: maxDrop ?? SearchOptions.defaultDrop, preferred: search.prefer ?? .size, state: state,
      commonOptions: commonOptions.joined(separator: " "))
    if let path = report.output, let best = report.best(report.preferred) {
      try ModelFile.write(try joint.model(for: best.candidate), to: path)
    }
    if let path = search.front, !dryRun {
      let files = try report.front.enumerated().map { index, member in
        OutputFolder.File(
          path: SearchReport.fileName(index),
          bytes: try ModelFile.serialize(joint.model(for: member.candidate)))
      }
      try OutputFolder(path).write(files) { _ in true }
    }
    if let path = search.svg {
      try AtomicFile.write(Array(SearchSVGRenderer().render(report).utf8), to: path)
    }
    try Console.show(
      json
        ? try SearchJSONRenderer().render(report) : SearchTextRenderer(style: Console.style).render(report))
  }
}

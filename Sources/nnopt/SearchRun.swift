import Datasets
import Execution
import Files
import GraphIR
import ModelFiles
import Passes
import Planning
import Reporting
import Runtimes
import Workflows

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `nnopt optimize --search`.
extension Optimize {
  func searchSequences() throws {
    let original = try original()
    guard let test = try testData(for: original) else {
      Console.error("--search judges sequences by accuracy: give --data, and --labels where there are any")
      throw Outcome.badInput
    }
    let samples = try test.samples(original)
    var (base, float) = try prepared(original, changes: true)
    let calibration = try calibrationData(for: float, storedFor: original)
    try requireScale(original, test, calibration)
    let planner = try planner()
    base.quantization = passes.io == .float32 ? Recipe.Quantization(.int8) : nil
    base.quantization?.hasFloatPorts = true
    let cost = try costModel(planner)
    var session = SearchSession(
      SearchSession.Inputs(
        original: original, base: base, calibration: calibration, test: test, planner: planner,
        cost: cost,
        target: try searchTarget(planner), seed: data.seed, threadCount: data.runner.threadCount,
        isSequence: data.sequence), fingerprint: try fingerprint(samples, test.labels, calibration))
    var state = try savedState(session) ?? newState(session)
    try run(&session, &state)
    try finish(&session, &state, sampleCount: samples.count, hasCost: cost != nil)
  }

  private func searchTarget(_ planner: Planner<TFLMBuild>) throws -> SearchGauge.Target? {
    guard runtimeOptions.runtime == .tflm else { return nil }
    return SearchGauge.Target(
      planner.runtime.target,
      processor: try board.map { try boards.table().board(id: $0).processor })
  }

  private func newState(_ session: SearchSession) throws -> SearchState {
    let state = try Outcome.naming(model) { try session.newState() }
    guard state.before.model.top1 != nil else {
      Console.error("--search needs a model whose first output is a list of scores")
      throw Outcome.badInput
    }
    return state
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
    fingerprint.add("\(settings) --seed \(data.seed) --io \(passes.io ?? .int8)")
    fingerprint.add(Nnopt.configuration.version)
    return fingerprint.text
  }

  private func savedState(_ session: SearchSession) throws -> SearchState? {
    guard let path = search.resume, FileManager.default.fileExists(atPath: path) else { return nil }
    let json = Data(try FileReading.bytes(of: path))
    do throws(SearchStateError) {
      return try session.state(json: json)
    } catch {
      Console.error("\(path) \(error)")
      throw Outcome.badInput
    }
  }

  private func run(_ session: inout SearchSession, _ state: inout SearchState) throws {
    let budget = search.searchBudget ?? SearchOptions.defaultBudget
    var progress = Progress()
    let interruption = Interruption()
    interruption.protect { stopText(state, budget) }
    defer { interruption.end() }
    try session.run(
      &state, budget: budget,
      willTry: { batch in
        progress = Progress()
        progress.begin("\(batch.map(\.key).joined(separator: "; "))")
      },
      didTry: { state in
        progress.end()
        try interruption.protect {
          try save(state)
          return stopText(state, budget)
        }
        Console.note("nnopt: \(progressText(state, budget))")
      })
  }

  private func save(_ state: SearchState) throws {
    if let path = search.resume { try AtomicFile.write(Array(try state.encoded()), to: path) }
  }

  /// What is said where the search is stopped.
  private func stopText(_ state: SearchState, _ budget: Int) -> [String] {
    let found = "nnopt: stopped with \(progressText(state, budget))"
    guard let path = search.resume else {
      return [found, "nnopt: nothing is kept; with --resume FILE a search can be left and gone on with"]
    }
    return [found, "nnopt: they are in \(path); the same command goes on from there"]
  }

  private func progressText(_ state: SearchState, _ budget: Int) -> String {
    let best = state.best(.size, within: maxDrop ?? SearchOptions.defaultDrop)
    let size = best.map { ", the smallest has \(Figures.grouped($0.figures.model.fileBytes)) B" } ?? ""
    return "\(state.measuredCount) of \(budget) sequences measured\(size)"
  }

  private func finish(
    _ session: inout SearchSession, _ state: inout SearchState, sampleCount: Int, hasCost: Bool
  ) throws {
    let report = SearchReport(
      path: model, output: dryRun ? nil : output, hasLabels: labels != nil, sampleCount: sampleCount,
      board: hasCost ? board : nil, seed: data.seed,
      budget: search.searchBudget ?? SearchOptions.defaultBudget,
      maximumDrop: maxDrop ?? SearchOptions.defaultDrop, preferred: search.prefer ?? .size, state: state,
      commonOptions: commonOptions.joined(separator: " "), fit: try boardFit())
    let before = state
    if let path = report.output, let best = report.best(report.preferred) {
      try AtomicFile.write(try bytes(of: best, at: path, &session, &state), to: path)
    }
    if let path = search.front, !dryRun { try writeFront(report, into: path, &session, &state) }
    if state != before { try save(state) }
    if let path = search.svg {
      try AtomicFile.write(Array(SearchSVGRenderer().render(report).utf8), to: path)
    }
    try Console.show(
      json
        ? try SearchJSONRenderer().render(report) : SearchTextRenderer(style: Console.style).render(report))
    if !report.isUsable { throw Outcome.doesNotFit }
  }

  private func writeFront(
    _ report: SearchReport, into path: String, _ session: inout SearchSession, _ state: inout SearchState
  ) throws {
    var files: [OutputFolder.File] = []
    for (index, member) in report.front.enumerated() {
      let name = SearchReport.fileName(index)
      files.append(
        OutputFolder.File(
          path: name, bytes: try bytes(of: member, at: "\(path)/\(name)", &session, &state)))
    }
    try OutputFolder(path).write(files) { _ in true }
  }

  /// The file of a contender: what an earlier run left at the path, or the model made again.
  private func bytes(
    of contender: SearchState.Contender, at path: String, _ session: inout SearchSession,
    _ state: inout SearchState
  ) throws -> [UInt8] {
    if let old = try? FileReading.bytes(of: path), state.isKept(old, for: contender.candidate) { return old }
    let bytes = try ModelFile.serialize(try session.model(for: contender.candidate))
    state.keep(bytes, for: contender.candidate)
    return bytes
  }
}

import Datasets
import Files
import GraphIR
import ModelFiles
import Passes
import Reporting
import Workflows

/// `nnopt optimize --fit`.
extension Optimize {
  func makeFit() throws {
    let original = try original()
    guard let id = board else { return }
    let board = try boards.table().board(id: id)
    memory.noteFrameworks()
    let test = try testData(for: original)
    let float = (try? restored(original)) ?? original
    let calibration =
      passes.calibrate.isEmpty ? nil : try calibrationData(for: float, storedFor: original)
    try requireScale(original, test, calibration)
    let problem = QuantizeIntegers.refusal(of: float)
    let isStored = QuantizeNarrow.isForStored(original)
    let session = FitSession(
      FitSession.Inputs(
        original: original,
        ladder: FitLadder(
          base: passes.recipe, hasFloatPorts: passes.io == .float32, hasSamples: calibration != nil,
          isQuantizable: problem == nil, isStored: !float.isSame(as: original),
          needsFloats: RestoreFloats.isNeeded(original), hasIntegerWeights: isStored),
        calibration: calibration, test: test, planner: try planner(), limits: memory.limits(of: board),
        maximumDrop: maxDrop ?? SearchOptions.defaultDrop, threadCount: data.threads,
        isSequence: data.sequence))
    let progress = Progress()
    let result = try Outcome.naming(model) { try session.run { progress.begin($0) } }
    progress.end()
    if let output, !dryRun, let model = result.model { try ModelFile.write(model, to: output) }
    let report = FitReport(
      path: model, output: dryRun || result.model == nil ? nil : output, board: board,
      limits: memory.limits(of: board), before: result.before,
      attempts: result.attempts, maximumDrop: maxDrop ?? SearchOptions.defaultDrop,
      judgement: judgement(isJudged: result.before.top1 != nil),
      commonOptions: commonOptions.filter { $0 != "--strip" }.joined(separator: " "),
      judgingOptions: judgingOptions.joined(separator: " "),
      hints: result.model == nil ? hints(result.before, problem, isStored: isStored) : [])
    try Console.show(
      json ? try FitJSONRenderer().render(report) : FitTextRenderer(style: Console.style).render(report))
    if report.fitting == nil { throw Outcome.doesNotFit }
  }

  private func judgement(isJudged: Bool) -> FitReport.Judgement {
    guard isJudged else { return .none }
    return labels == nil
      ? .agreement(isOnCalibration: files.isEmpty) : .labels(isOnCalibration: files.isEmpty)
  }

  /// What a command needs to soften its steps as --fit did.
  private var judgingOptions: [String] {
    let data = judgingFiles.flatMap { file in
      ["--data", ShellWords.quoted((file.name.map { "\($0)=" } ?? "") + file.path)]
    }
    guard !data.isEmpty else { return [] }
    return data + (labels.map { ["--labels", ShellWords.quoted($0)] } ?? [])
      + ["--max-drop", "\(maxDrop ?? SearchOptions.defaultDrop)"]
  }

  /// What lets more be tried.
  private func hints(_ before: ModelFigures, _ problem: String?, isStored: Bool) -> [String] {
    if let problem {
      let untried = "int8 and fewer channels were not tried: \(problem)"
      guard passes.calibrate.isEmpty, isStored else { return [untried] }
      return [untried, "weights of 4 bits were not tried: give samples with --calibrate"]
    }
    if passes.calibrate.isEmpty {
      return [
        "int8 and fewer channels were not tried: give samples with --calibrate, and labels with --labels"
      ]
    }
    if before.top1 == nil {
      return ["fewer channels were not tried: the first output is no list of scores to judge them by"]
    }
    return []
  }
}

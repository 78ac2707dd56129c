import Datasets
import Files
import Firmware
import GraphIR
import MemoryPlanning
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

/// What `nnopt optimize` works with: data, planner, board.
extension Optimize {
  /// The model, where its tensors and layers may be changed.
  func original() throws -> Model {
    let original = try Console.model(at: model)
    if let reason = Pipeline.reasonAgainstChanges(of: original) {
      Console.error("\(model): \(reason)")
      throw Outcome.badInput
    }
    try readUnused()
    return original
  }

  /// Reads files that nothing here needs: a wrong name is an error all the same.
  private func readUnused() throws {
    if board == nil, boards.file != nil { _ = try boards.table() }
    guard !passes.calibrate.isEmpty, !search.isOn, !fit, !passes.recipe.needsCalibration else { return }
    for file in passes.calibrate where !FileManager.default.isReadableFile(atPath: file.path) {
      Console.error("\(file.path): it is not there, or may not be read")
      throw Outcome.badInput
    }
    Console.note("nnopt: --calibrate: no step that was asked for needs samples")
  }

  func cost(
    of original: Model, _ result: Model, _ planner: Planner<TFLMBuild>
  ) throws -> OptimizeReport.Cost? {
    guard let board, let cost = try costModel(planner) else { return nil }
    return .init(board: board, before: cost.estimate(original), after: cost.estimate(result))
  }

  /// The board that a result is to fit, and what it has; nil without a board.
  func boardFit() throws -> OptimizeReport.Fit? {
    guard let board, runtimeOptions.runtime == .tflm else { return nil }
    let target = try boards.table().board(id: board)
    memory.noteFrameworks()
    return OptimizeReport.Fit(board: target, limits: memory.limits(of: target))
  }

  /// What TFLM says of a result; nil where another runtime is meant.
  func verdict(on result: Model, _ planner: Planner<TFLMBuild>) throws -> TFLMVerdict? {
    guard runtimeOptions.runtime == .tflm else { return nil }
    return TFLMVerdict(
      result, on: planner.runtime.target,
      processor: try board.map { try boards.table().board(id: $0).processor })
  }

  /// Whether the format that was asked for is that of other runtimes, and nothing says that a board is meant.
  var isForOtherRuntimes: Bool {
    board == nil && (passes.quantize == .dynamic || passes.quantize == .float16)
  }

  /// What the board has for one arena; nil without a board.
  func boardArena() throws -> Int? {
    try board.map { memory.limits(of: try boards.table().board(id: $0)).arenaBytes }
  }

  /// The month of the first TFLM that runs a result, where the original runs on older ones.
  func neededRelease(of result: Model, _ original: Model) -> String? {
    guard runtimeOptions.runtime == .tflm, let month = OperatorArrivals.month(in: result) else { return nil }
    return OperatorArrivals.month(in: original).map { $0 < month } ?? true ? month : nil
  }

  /// The bytes of a result's file: those of the original's where nothing is changed and nothing odd about them.
  func written(_ result: Model, _ original: Model) throws -> [UInt8] {
    original.remarks.isEmpty && result.isSame(as: original)
      ? try FileReading.bytes(of: model) : try ModelFile.serialize(result)
  }

  /// The page of a model before and after.
  func page(_ original: Model, _ result: Model, _ report: OptimizeReport) throws -> String {
    let target = try board.map { try boards.table().board(id: $0) }
    let choice = runtimeOptions.choice(for: target, comparesLibraries: true)
    var bounds = PlanBounds(board: target)
    bounds.reservedBytes = memory.reserve?.bytes ?? 0
    bounds.arenaMemory = memory.arena
    let plans = try [original, result].map { model in
      try PlanSession(
        model: model, path: self.model, alignment: TFLMRuntime.alignment,
        effort: PlanningEffort(runtimeOptions.effort), runtime: choice
      ).report(order: .optimal, bounds: bounds)
    }
    return try ModelPage(
      plans[0], of: original, optimized: (report, plans[1]),
      command: ["nnopt"] + CommandLine.arguments.dropFirst().map(ShellWords.quoted)
    ).html()
  }

  /// nil where no board is given.
  func costModel(_ planner: Planner<TFLMBuild>) throws -> CostModel? {
    try board.map {
      CostModel(
        try boards.table().board(id: $0).processor,
        kernels: runtimeOptions.runtime == .tflm ? planner.runtime.target.kernels : nil)
    }
  }

  func planner() throws -> Planner<TFLMBuild> {
    let target = try board.map { try boards.table().board(id: $0) }
    let choice = runtimeOptions.choice(for: target, comparesLibraries: false)
    return Planner(
      for: choice?.build ?? TFLMBuild(.cortexM(.reference), safeOn: [], writesOffsets: false),
      effort: PlanningEffort(runtimeOptions.effort))
  }

  /// A recipe, and the model whose numbers calibration looks at.
  ///
  /// - Parameter changes: whether passes ask for floats.
  func prepared(_ original: Model, changes: Bool) throws -> (recipe: Recipe, model: Model) {
    var recipe = passes.recipe
    recipe.restoresFloats =
      recipe.quantization?.precision == .float32 || changes && RestoreFloats.isNeeded(original)
    return (recipe, recipe.restoresFloats ? try restored(original) : original)
  }

  /// The float form of a model.
  func restored(_ original: Model) throws -> Model {
    var (model, log) = (original, PassLog())
    try RestoreFloats().run(on: &model, log: &log)
    return model
  }

  /// The samples to calibrate with, at most as many as any pass takes.
  ///
  /// - Parameter original: the model whose stored numbers the files may hold.
  func calibrationData(for model: Model, storedFor original: Model) throws -> SampleSet {
    if passes.calibrate.isEmpty {
      Console.note(
        "nnopt: calibrating with random numbers, seed \(data.seed); give real samples with --calibrate")
      return try SampleSet.random(
        for: model, alike: original,
        count: passes.calibrationSamples ?? Recipe.randomSamples(for: model), seed: data.seed)
    }
    return try SampleSet(
      model, files: passes.calibrate.map { SampleSet.File(input: $0.name, path: $0.path) },
      preprocessing: data.preprocessing, storedFor: original
    ).prefix(passes.calibrationSamples ?? Recipe.fittingSamples)
  }

  /// The files that accuracy is judged on: with --fit those of --calibrate where there are no others.
  var judgingFiles: [NamedPath] { files.isEmpty && fit ? passes.calibrate : files }

  func testData(for original: Model) throws -> ModelGauge.TestData? {
    let (files, data) = (judgingFiles, data)
    guard !files.isEmpty else { return nil }
    let limit = data.samples ?? (self.files.isEmpty ? Recipe.fittingSamples : nil)
    let samples: @Sendable (Model) throws -> SampleSet = { model in
      let all = try data.sampleSet(for: model, files: files, storedFor: original)
      return limit.map(all.prefix) ?? all
    }
    let count = try samples(original).count
    let all = try labels.map(Labels.read)
    return ModelGauge.TestData(
      samples: samples,
      labels: all.map { limit == nil ? $0 : Labels(Array($0.values.prefix(count)), file: $0.file) },
      runner: data.runner)
  }

  /// Ends the command where the scale of data seems to have been forgotten, and says which there may be.
  func requireScale(
    _ original: Model, _ test: ModelGauge.TestData?, _ calibration: SampleSet?
  ) throws {
    let check = ScaleCheck(original, runner: data.runner)
    var found: ScaleSuspicion?
    if let test { found = try check.suspicion(of: test.samples(original), labels: test.labels) }
    if found == nil, let calibration, !passes.calibrate.isEmpty {
      found = try check.suspicion(of: calibration)
    }
    try ScaleGuard.require(found)
  }
}

import ArgumentParser
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

/// `nnopt optimize`: the smallest file that keeps its accuracy.
struct Optimize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fuse, prune, quantize and plan a model, and judge every step.",
    discussion: """
      Without options, what changes no answer is done: clean-up, order and offsets. A step that drops the accuracy \
      by more than --max-drop is tried in gentler forms, then taken back.

      EXAMPLES
        nnopt optimize model.tflite -o small.tflite
        nnopt optimize model.tflite -o int8.tflite --quantize int8 --calibrate images.npy --scale 1/255
        nnopt optimize model.tflite -o out.tflite --prune channels:30% --quantize int8 --calibrate images.npy \\
          --scale 1/255 --data test.npy --labels y.npy --max-drop 1.0 --board esp32
        nnopt optimize model.tflite -o fit.tflite --fit --board nucleo-f401re --calibrate images.npy --scale 1/255
        nnopt optimize model.tflite -o best.tflite --search --calibrate images.npy --data test.npy --labels y.npy

      EXIT CODES
        0  done    1  bad input    2  the result does not fit the board, or TFLM refuses it
        3  the accuracy dropped by more than --max-drop    64  usage
      """)

  @Argument(help: "A TensorFlow Lite model.", completion: .file(extensions: ["tflite"]))
  var model: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write the optimized model.", valueName: "file"),
    completion: .file(extensions: ["tflite"]))
  var output: String?

  @OptionGroup var passes: PassOptions

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("Data to judge the accuracy with.", valueName: "[name=]file"))
  var files: [NamedPath] = []

  @Option(help: ArgumentHelp("True classes: .npy or CSV.", valueName: "file"), completion: .file())
  var labels: String?

  @OptionGroup var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "Points of top-1 that may be lost; without labels, of agreement with the model.", valueName: "points"))
  var maxDrop: Double?

  @Flag(
    help: ArgumentHelp(
      "Do what harms least until the model fits the board: clean-up and plan, stripes, int8, fewer channels. Needs --board; --calibrate lets more be tried."
    ))
  var fit = false

  @Option(
    help: ArgumentHelp("The board whose kernels and memory are planned for.", valueName: "id"),
    completion: BoardOptions.completion)
  var board: String?

  @OptionGroup var boards: BoardOptions

  @OptionGroup var memory: MemoryOptions

  @OptionGroup var runtimeOptions: RuntimeOptions

  @OptionGroup var replacement: ReplacementOption

  @OptionGroup(title: "Search") var search: SearchOptions

  @Option(help: ArgumentHelp("Stop behind so many steps, to find which one does harm.", valueName: "N"))
  var stopAfter: Int?

  @Option(
    help: ArgumentHelp(
      "Show the model before and after as a page that needs no network.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Do everything, write no model: only reports that are asked for.")
  var dryRun = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard output != nil || dryRun else {
      throw ValidationError("Name a file with --output, or use --dry-run.")
    }
    guard maxDrop.map({ $0 >= 0 && $0 <= 100 }) ?? true else {
      throw ValidationError("--max-drop takes 0 to 100 points.")
    }
    let needed = fit ? "--data or --calibrate" : "--data"
    guard maxDrop == nil || !judgingFiles.isEmpty else {
      throw ValidationError("--max-drop needs \(needed).")
    }
    guard labels == nil || !judgingFiles.isEmpty else { throw ValidationError("--labels needs \(needed).") }
    guard stopAfter.map({ $0 >= 0 }) ?? true else {
      throw ValidationError("--stop-after takes a number from 0.")
    }
    guard passes.io != .float32 || search.isOn || fit || passes.quantize?.isInteger == true else {
      throw ValidationError(
        "--io float32 means something with --quantize int8, int8-fallback or int16x8 only.")
    }
    guard passes.io != .int8 || passes.quantize != .int16x8 else {
      throw ValidationError(
        "--io int8 means nothing with --quantize int16x8, whose inputs and outputs are int16.")
    }
    guard board != nil || memory.reserve == nil && memory.arena == .sram else {
      throw ValidationError("--reserve and --arena mean nothing without --board.")
    }
    guard passes.stripeOptions.stripes == nil || runtimeOptions.runtime == .tflm else {
      throw ValidationError("--stripes means nothing with --runtime none.")
    }
    try passes.stripeOptions.requireRoom(hasRoom: board != nil, by: "--board")
    if !search.isOn && !fit { try passes.requirePartners() }
    try checkPaths()
    guard search.isOn || fit else { return }
    guard html == nil else {
      throw ValidationError("--html shows one result: give it to the command that --search or --fit prints.")
    }
    let chooser = search.isOn ? "--search" : "--fit"
    guard stopAfter == nil else { throw ValidationError("--stop-after means nothing with \(chooser).") }
    try passes.requireNoneChosen(by: chooser)
    guard fit else { return }
    guard !search.isOn else {
      throw ValidationError("--search and --fit choose both: leave one of them away.")
    }
    guard board != nil, runtimeOptions.runtime == .tflm else {
      throw ValidationError("--fit needs --board, and means nothing with --runtime none.")
    }
  }

  private func checkPaths() throws {
    var paths = WrittenPaths()
    paths.reads("the model", model)
    paths.reads("the data", files + passes.calibrate)
    paths.reads("the labels", labels)
    paths.reads("the boards", boards.file)
    paths.writes("--output", dryRun ? nil : output)
    paths.writes("--svg", search.svg)
    paths.writes("--html", html)
    paths.writes("--resume", search.resume)
    for path in dryRun ? [] : search.frontPaths { paths.writes("--front", path) }
    try paths.check(replacement)
  }

  func run() throws {
    try Outcome.reportingErrors(search.isOn ? searchSequences : fit ? makeFit : optimize)
  }

  private func optimize() throws {
    let (original, planner) = (try original(), try planner())
    let (recipe, float) = try prepared(original, changes: passes.recipe.changesWeights)
    let (test, calibration) = (
      try testData(for: original),
      recipe.needsCalibration ? try calibrationData(for: float, storedFor: original) : nil
    )
    try requireScale(original, test, calibration)
    let optimization = Optimization(
      original, recipe, calibration: calibration, planner: planner, test: test, threadCount: data.threads,
      isSequence: data.sequence, boardArena: try boardArena())
    let progress = Progress()
    let result = try Outcome.naming(model) {
      try optimization.run(maximumDrop: maxDrop.map { $0 / 100 }, stopAfter: stopAfter) {
        progress.begin($0)
      }
    }
    progress.end()
    let bytes = try written(result.model, original)
    if let output, !dryRun { try AtomicFile.write(bytes, to: output) }
    var after = result.after
    after.fileBytes = bytes.count
    let report = OptimizeReport(
      path: model, output: dryRun ? nil : output, before: result.before, after: after,
      records: result.records, hasLabels: labels != nil,
      deflatedBytes: try optimization.deflatedBytes(of: result.model),
      cost: try cost(of: original, result.model, planner), fit: try boardFit(),
      verdict: try verdict(on: result.model, planner), isForOtherRuntimes: isForOtherRuntimes,
      neededRelease: neededRelease(of: result.model, original))
    if let html {
      try AtomicFile.write(Array(try page(original, result.model, report).utf8), to: html)
    }
    try Console.show(
      json
        ? try OptimizeJSONRenderer().render(report)
        : OptimizeTextRenderer(style: Console.style).render(report))
    if let maxDrop, let before = result.before.top1, let after = result.after.top1,
      before - after > maxDrop / 100
    {
      throw Outcome.accuracyDropped
    }
    if !report.isUsable { throw Outcome.doesNotFit }
  }
}

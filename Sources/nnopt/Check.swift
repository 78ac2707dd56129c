import ArgumentParser
import Datasets
import Execution
import Files
import GraphIR
import ModelFiles
import Reporting
import Tensors
import Workflows

/// `nnopt check`: what a change did to a model's answers.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare a model's answers with a reference's: accuracy, agreement, and where the error enters.",
    discussion: """
      Both models get the same numbers, each quantized with its own parameters. Without data, seeded random numbers \
      are used, which say nothing about accuracy.

      EXAMPLES
        nnopt check float.tflite int8.tflite --data images.npy --labels labels.npy --scale 1/255
        nnopt check a.tflite b.tflite
        nnopt check float.tflite int8.tflite --data x.npy --labels y.npy --max-drop 0.5   # a gate for CI

      EXIT CODES
        0  done    1  bad input    3  the accuracy drops by more than --max-drop    64  usage
      """)

  @Argument(help: "The model to compare with.", completion: .file(extensions: ["tflite"]))
  var reference: String

  @Argument(help: "The model to judge.", completion: .file(extensions: ["tflite"]))
  var candidate: String

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("Data for an input; its name may stand before it.", valueName: "[name=]file"))
  var files: [NamedPath] = []

  @Option(
    help: ArgumentHelp("True classes: .npy or CSV; image folders bring their own.", valueName: "file"),
    completion: .file())
  var labels: String?

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("Compare layers for this many samples.", valueName: "N"))
  var layerSamples = 100

  @Option(
    help: ArgumentHelp(
      "Exit with 3 where top-1 drops by more points; agreement, without labels.", valueName: "points"))
  var maxDrop: Double?

  @Flag(help: "Print JSON.")
  var json = false

  @Option(
    help: ArgumentHelp("Draw the layers into an SVG file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @OptionGroup var replacement: ReplacementOption

  func validate() throws {
    guard layerSamples >= 0 else { throw ValidationError("--layer-samples takes a number from 0.") }
    guard maxDrop.map({ $0 >= 0 && $0 <= 100 }) ?? true else {
      throw ValidationError("--max-drop takes 0 to 100 points.")
    }
    guard labels == nil || !files.isEmpty else { throw ValidationError("--labels needs --data.") }
    var paths = WrittenPaths()
    paths.reads("the model", reference, candidate)
    paths.reads("the data", files)
    paths.reads("the labels", labels)
    paths.writes("--svg", svg)
    try paths.check(replacement)
  }

  func run() throws {
    try Outcome.reportingErrors(check)
  }

  /// The labels of the samples in use: from the file, or from the folders of images.
  private func labels(for samples: SampleSet) throws -> Labels? {
    guard let all = try labels.map(Labels.read) ?? samples.labels else { return nil }
    return data.samples == nil ? all : Labels(Array(all.values.prefix(samples.count)), file: all.file)
  }

  /// Ends the command where the scale of the data seems to have been forgotten.
  private func requireScale(_ model: Model, _ samples: SampleSet, _ labels: Labels?) throws {
    guard !files.isEmpty else { return }
    try ScaleGuard.require(ScaleCheck(model, runner: data.runner).suspicion(of: samples, labels: labels))
  }

  private func check() throws {
    let first = try Console.model(at: reference)
    let second = try Console.model(at: candidate)
    let comparison = try AccuracyComparison(
      reference: Outcome.naming(reference) { try Interpreter(first) },
      candidate: Outcome.naming(candidate) { try Interpreter(second) })
    let samples = try data.sampleSet(for: first, files: files, alike: second)
    let others = try data.sampleSet(for: second, files: files, alike: first, storedFor: first)
    let truth = try labels(for: samples)
    try requireScale(first, samples, truth)
    try requireScale(second, others, truth)
    let progress = Progress()
    progress.begin("comparing \(samples.count.counted("sample"))")
    let result = try comparison.run(
      samples, others, labels: truth, layerSampleCount: layerSamples,
      runner: data.runner)
    progress.end()
    let report = CheckReport(
      reference: reference, candidate: candidate, dataOrigin: data.origin(files),
      preprocessing: data.preprocess
        ? (samples.inputs.map { "reference, \($0.name): \($0.description)" }
          + others.inputs.map { "candidate, \($0.name): \($0.description)" }) : [],
      layerSamples: min(layerSamples, result.samples), result: result, maximumDrop: maxDrop)
    try Console.show(
      json ? try CheckJSONRenderer().render(report) : CheckTextRenderer(style: Console.style).render(report))
    if let svg { try AtomicFile.write(Array(CheckSVGRenderer().render(report).utf8), to: svg) }
    guard let maxDrop else { return }
    guard let drop = report.drop else {
      Console.error("--max-drop needs models whose first output is a list of scores")
      throw Outcome.badInput
    }
    if drop > maxDrop { throw Outcome.accuracyDropped }
  }
}

import ArgumentParser
import Datasets
import Execution
import Files
import GraphIR
import ModelFiles
import Passes
import Planning
import Reporting
import Tensors
import Workflows

/// `nnopt run`: a model's answers, as a device gives them.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a model with the integer arithmetic of TensorFlow Lite for Microcontrollers.",
    discussion: """
      Data are .npy, .npz, CSV, raw bytes of the input's type (.bin), or a folder of PNG and JPEG images; samples \
      stand along a leading dimension, and so they do in the outputs.

      EXAMPLES
        nnopt run model.tflite --input x.npy --output y.npy
        nnopt run model.tflite --input audio=a.npy --input state=s.npy --output y.npy --output state=t.npy
        nnopt run model.tflite --input images/ --scale 1/255 --timing

      EXIT CODES
        0  done    1  bad input    64  usage
      """)

  @Argument(help: ArgumentHelp("A model.", valueName: "model"), completion: .file(extensions: ["tflite"]))
  var model: String

  @Option(help: ArgumentHelp("Data for an input; its name may stand before it.", valueName: "[name=]file"))
  var input: [NamedPath] = []

  @Option(
    help: ArgumentHelp("Write an output as .npy; its name may stand before it.", valueName: "[name=]file"))
  var output: [NamedPath] = []

  @OptionGroup var data: DataOptions

  @Flag(help: "Time every operator, on one thread.")
  var timing = false

  @Flag(help: "Run in one arena, in the order and at the offsets of 'nnopt plan'.")
  var planned = false

  @OptionGroup var replacement: ReplacementOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    var paths = WrittenPaths()
    paths.reads("the model", model)
    paths.reads("the data", input)
    for file in output { paths.writes("--output", file.path) }
    try paths.check(replacement)
  }

  func run() throws {
    try Outcome.reportingErrors(runModel)
  }

  private func runModel() throws {
    let source = try Console.model(at: model)
    let names = OutputPort.all(of: source)
    let targets = try output.map { try OutputPort.target($0, among: names) }
    let interpreter = try Outcome.naming(model) { try prepared(source) }
    let ports = OutputPort.all(of: interpreter.model)
    let samples = try data.sampleSet(for: source, files: input)
    if !input.isEmpty, let found = try ScaleCheck(source, runner: data.runner).suspicion(of: samples) {
      ScaleGuard.say(found)
    }
    let timer = OperatorTimer(interpreter)
    let progress = Progress()
    progress.begin("running \(samples.count.counted("sample"))")
    let results: [[[UInt8]]] = try Outcome.naming(model) {
      if timing { return try timer.run(samples, isSequence: data.sequence) }
      return try data.runner.run(interpreter, samples) { _, outputs throws(RunError) in outputs }
    }
    progress.end()
    for (target, path) in zip(targets, output) {
      try write(results.map { $0[target] }, ports[target].value, to: path.path)
    }
    let report = RunReport(
      path: model, dataOrigin: data.origin(input), samples: samples.count,
      preprocessing: data.preprocess ? samples.inputs.map { "\($0.name): \($0.description)" } : [],
      outputs: ports.map(\.value), results: results, timings: timing ? timer.timings : [])
    try Console.show(
      json ? try RunJSONRenderer().render(report) : RunTextRenderer(style: Console.style).render(report))
  }

  private func prepared(_ model: Model) throws -> Interpreter {
    guard planned else { return try Interpreter(model) }
    let plan = try Planner(for: IdealRuntime()).plan(model)
    return try Interpreter(model, layout: plan.arenaLayout(for: model))
  }

  /// Writes one output of all samples, stacked along a leading dimension.
  private func write(_ samples: [[UInt8]], _ value: Value, to path: String) throws {
    guard let file = NumPyFile.encode(samples, of: value) else {
      Console.error("\(path): NumPy has no array of \(value.elementType)")
      throw Outcome.badInput
    }
    try AtomicFile.write(file, to: path)
  }
}

/// An output of a model by the names that a user may call it.
private struct OutputPort {
  let value: Value
  let names: Set<String>

  static func all(of model: Model) -> [OutputPort] {
    guard let main = model.graphs.first else { return [] }
    return main.outputs.compactMap(\.self).map { id in
      var names: Set<String> = Set([main[id].name].compactMap(\.self))
      for signature in model.signatures ?? [] where signature.graph.index == 0 {
        for binding in signature.outputs ?? [] where binding.value == id {
          names.formUnion([binding.name].compactMap(\.self))
        }
      }
      return OutputPort(value: main[id], names: names)
    }
  }

  /// The position of the output that a path is for.
  static func target(_ path: NamedPath, among ports: [OutputPort]) throws -> Int {
    let known = ports.enumerated().map { "#\($0) '\($1.value.name ?? "")'" }.joined(separator: ", ")
    guard let name = path.name else {
      if ports.count == 1 { return 0 }
      throw ValidationError(
        "The model has \(ports.count) outputs; write NAME=\(path.path) with one of \(known).")
    }
    if name.hasPrefix("#"), let index = Int(name.dropFirst()), ports.indices.contains(index) { return index }
    let matches = ports.indices.filter { ports[$0].names.contains(name) }
    guard let index = matches.first else {
      throw ValidationError("The model has no output '\(name)'; it has \(known).")
    }
    guard matches.count == 1 else {
      throw ValidationError(
        "\(matches.count) outputs are called '\(name)'; write #\(index)=\(path.path), by its position.")
    }
    return index
  }
}

import ArgumentParser
import Execution
import ModelFiles
import Reporting

/// `nnopt inspect`: what is in a model.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a model's operators, tensors, types, quantization and sizes.",
    discussion: """
      EXAMPLES
        nnopt inspect model.tflite
        nnopt inspect model.tflite --json
        nnopt inspect model.tflite --lowered    (multipliers, offsets, tables)
      """)

  @Argument(
    help: ArgumentHelp("A TensorFlow Lite model.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Flag(help: "Show what each operator's kernel runs on: integers, multipliers, shapes.")
  var lowered = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Outcome.reportingErrors {
      let source = try Console.model(at: model)
      let report = InspectReport(
        path: model, model: source,
        lowered: lowered ? try Outcome.naming(model) { try Interpreter(source).lowered } : nil)
      if json {
        try Console.show(InspectJSONRenderer().render(report))
      } else {
        try Console.show(InspectTextRenderer(style: Console.style).render(report))
      }
    }
  }
}

import ArgumentParser
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
      """)

  @Argument(
    help: ArgumentHelp("A TensorFlow Lite model.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Outcome.reportingErrors {
      let report = InspectReport(path: model, model: try Console.model(at: model))
      if json {
        try Console.show(InspectJSONRenderer().render(report))
      } else {
        try Console.show(InspectTextRenderer(style: Console.style).render(report))
      }
    }
  }
}

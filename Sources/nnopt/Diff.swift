import ArgumentParser
import Reporting

/// `nnopt diff`: what changed between two models, in words.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what changed between two models.",
    discussion: """
      Operators and tensors are matched by name and position. Models of equal content may be laid out \
      differently in their files.

      EXAMPLES
        nnopt diff model.tflite optimized.tflite
        nnopt diff model.tflite optimized.tflite --json
        nnopt diff golden.tflite new.tflite --exit-code

      EXIT CODES
        0  done    1  bad input    2  the models differ, with --exit-code    64  usage
      """)

  @Argument(help: "The model before.", completion: .file(extensions: ["tflite"]))
  var before: String

  @Argument(help: "The model after.", completion: .file(extensions: ["tflite"]))
  var after: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Exit with 2 where the models differ in content.")
  var exitCode = false

  func run() throws {
    try Outcome.reportingErrors {
      let diff = ModelDiff(before: try side(before), after: try side(after))
      if json {
        try Console.show(ModelDiffJSONRenderer().render(diff, before: before, after: after))
      } else {
        try Console.show(
          ModelDiffTextRenderer(style: Console.style).render(diff, before: before, after: after))
      }
      if exitCode, !diff.isEmpty { throw Outcome.modelsDiffer }
    }
  }

  private func side(_ path: String) throws -> ModelDiff.Side {
    let (model, bytes) = try Console.contents(of: path)
    return ModelDiff.Side(model: model, fileBytes: bytes.count)
  }
}

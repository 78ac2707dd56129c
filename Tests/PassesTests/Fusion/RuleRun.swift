import Foundation
import GraphIR
import ModelFiles
import Passes
import Testing

/// One rule's work on a model. With `NNOPT_REWRITTEN` both models are kept in the folder that it names, to be
/// run in other runtimes.
struct RuleRun {
  let model: Model
  let result: Model
  let log: PassLog

  /// Runs a rule to its fixed point and drops what it leaves unused.
  init(_ rule: any RewriteRule, _ model: Model) throws {
    var result = model
    var log = PassLog()
    try Rewriter([rule], pass: "test").run(on: &result, log: &log)
    _ = result.removeUnused()
    self.model = model
    self.result = result
    self.log = log
  }

  /// The operators that are left, in order.
  var operators: [String] { result.graphs[0].nodes.map(\.code.name) }

  /// What the rule refused, each once.
  var refusals: [String] { log.refusals.map(\.sentence) }

  /// Checks the structure that is left, that the model is sound, and its answers behind a round trip through
  /// a file.
  func expect(
    _ operators: [String], relative: Float = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(self.operators == operators, sourceLocation: sourceLocation)
    #expect(!log.edits.isEmpty, sourceLocation: sourceLocation)
    #expect(GraphVerifier().firstProblem(in: result) == nil, sourceLocation: sourceLocation)
    let difference = try ModelPair(before: model, after: result).difference()
    #expect(difference.bytes == 0, sourceLocation: sourceLocation)
    #expect(difference.relative <= relative, sourceLocation: sourceLocation)
    try keep(sourceLocation)
  }

  private func keep(_ location: SourceLocation) throws {
    guard let folder = ProcessInfo.processInfo.environment["NNOPT_REWRITTEN"] else { return }
    let test = location.fileName.split(separator: ".").first ?? ""
    let name = "\(folder)/\(test)-\(location.line)-\(operators.count)-\(try ModelFile.serialize(model).count)"
    try ModelFile.write(model, to: name + "-before.tflite")
    try ModelFile.write(result, to: name + "-after.tflite")
  }

  /// Checks that nothing was changed, and why.
  func expectRefusal(_ sentence: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(log.edits.isEmpty, sourceLocation: sourceLocation)
    #expect(refusals.contains(sentence), "\(refusals)", sourceLocation: sourceLocation)
  }

  /// Checks that the rule did not find its pattern.
  func expectNothing(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(log.edits.isEmpty && refusals.isEmpty, sourceLocation: sourceLocation)
  }
}

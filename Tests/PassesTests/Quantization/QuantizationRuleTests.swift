import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

/// Every rule: the integer model runs, is close to the float one, and survives a round trip through a file.
///
/// With `NNOPT_QUANTIZED` the files are written into that folder, for a comparison with the runtimes.
@Suite struct QuantizationRuleTests {
  @Test(arguments: RuleModel.all) func int8IsClose(rule: RuleModel) throws {
    try check(rule, .int8, least: rule.leastSQNR)
  }

  @Test(arguments: RuleModel.all.filter(\.isWide)) func int16IsClose(rule: RuleModel) throws {
    try check(rule, .int16x8, least: rule.leastSQNR)
  }

  private func check(_ rule: RuleModel, _ scheme: QuantizeIntegers.Scheme, least: Double) throws {
    let whole = try quantized(rule, scheme, keepsFloatPorts: false)
    #expect(!whole.graphs[0].values.contains { $0.elementType == .float32 })
    _ = try Interpreter(whole)
    if let folder = ProcessInfo.processInfo.environment["NNOPT_QUANTIZED"] {
      try ModelFile.write(rule.model, to: "\(folder)/\(rule.name)_float32.tflite")
      try ModelFile.write(whole, to: "\(folder)/\(rule.name)_\(scheme.rawValue).tflite")
    }
    let model = try quantized(rule, scheme, keepsFloatPorts: true)
    let comparison = try AccuracyComparison(reference: Interpreter(rule.model), candidate: Interpreter(model))
    let samples = try SampleSet.random(for: rule.model, count: 20, seed: 8)
    let result = try comparison.run(samples, samples)
    for output in result.outputs {
      #expect(output.difference.sqnrDb >= least, "\(output.name): \(output.difference.sqnrDb) dB")
    }
  }

  private func quantized(
    _ rule: RuleModel, _ scheme: QuantizeIntegers.Scheme, keepsFloatPorts: Bool
  ) throws -> Model {
    var options = QuantizeIntegers.Options()
    options.scheme = scheme
    options.rangeMethod = .minMax
    options.keepsFloatPorts = keepsFloatPorts
    var model = rule.model
    var log = PassLog()
    let samples = try SampleSet.random(for: rule.model, count: 100, seed: 5)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    return try ModelFile.parse(ModelFile.serialize(model), name: rule.name)
  }
}

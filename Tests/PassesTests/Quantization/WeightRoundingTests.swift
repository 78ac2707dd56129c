import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct WeightRoundingTests {
  /// Inputs of the second layer depend on each other: there are fewer numbers behind them.
  private func model() -> Model {
    var builder = RuleModelBuilder([1, 4])
    let y = builder.value("y", [1, 24])
    builder.node(
      .fullyConnected, 8, [builder.x, builder.floats("v", [24, 4]), builder.floats("a", [24])], [y],
      "FullyConnectedOptions")
    let z = builder.value("z", [1, 6])
    builder.node(
      .fullyConnected, 8, [y, builder.floats("w", [6, 24]), builder.floats("b", [6])], [z],
      "FullyConnectedOptions")
    return builder.finish([z])
  }

  private func sqnr(_ float: Model, _ candidate: Model) throws -> Double {
    let samples = try SampleSet.random(for: float, alike: candidate, count: 60, seed: 2)
    let other = try SampleSet.random(for: candidate, alike: float, count: 60, seed: 2)
    return try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(candidate))
      .run(samples, other).outputs[0].difference.sqnrDb
  }

  private func quantized(_ rounding: WeightRounding, samples count: Int = 128) throws -> Model {
    var options = QuantizeIntegers.Options()
    options.scheme = .int16x8
    options.rounding = rounding
    options.keepsFloatPorts = true
    options.allowsFloatFallback = true
    options.exceptions = [NodeID(0): nil, NodeID(1): nil]
    var result = model()
    var log = PassLog()
    let samples = try SampleSet.random(for: result, count: count, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &result, log: &log)
    return result
  }

  @Test func weightsThatWorkTogetherAreRoundedTogether() throws {
    let (nearest, adaptive) = (try quantized(.nearest), try quantized(.adaptive))
    #expect(try sqnr(model(), adaptive) > sqnr(model(), nearest) + 1)
    #expect(try ModelFile.serialize(adaptive).count == ModelFile.serialize(nearest).count)
  }

  @Test func tooFewSamplesLeaveTheNearestWeights() throws {
    let (nearest, adaptive) = (try quantized(.nearest, samples: 3), try quantized(.adaptive, samples: 3))
    #expect(try ModelFile.serialize(adaptive) == ModelFile.serialize(nearest))
  }

  @Test func weightsBesideFloatActivationsToo() throws {
    let float = model()
    let samples = try SampleSet.random(for: float, count: 128, seed: 1)
    let results = try [nil, samples].map { samples in
      var result = float
      var log = PassLog()
      try QuantizeWeights(.int8, leastElements: 1, roundingFor: samples).run(on: &result, log: &log)
      return result
    }
    #expect(try ModelFile.serialize(results[0]) != ModelFile.serialize(results[1]))
    #expect(try sqnr(float, results[1]) > sqnr(float, results[0]) - 1)
  }

  @Test(arguments: ["CONV_2D", "DEPTHWISE_CONV_2D", "UNIDIRECTIONAL_SEQUENCE_LSTM"])
  func everyLayerCanBeRounded(name: String) throws {
    let float = try #require(RuleModel.all.first { $0.name == name }).model
    let levels = try WeightRounding.allCases.map { rounding in
      var options = QuantizeIntegers.Options()
      options.rounding = rounding
      var result = float
      var log = PassLog()
      let samples = try SampleSet.random(for: float, count: 40, seed: 1)
      try QuantizeIntegers(samples: samples, options: options).run(on: &result, log: &log)
      return try sqnr(float, result)
    }
    #expect(levels[1] > levels[0] - 3, "\(levels)")
  }
}

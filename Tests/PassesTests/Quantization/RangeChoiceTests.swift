import Datasets
import Execution
import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RangeChoiceTests {
  private func quantized(_ model: Model, _ ranges: RangeMethod) throws -> (model: Model, log: PassLog) {
    var options = QuantizeIntegers.Options()
    options.rangeMethod = ranges
    var (result, log) = (model, PassLog())
    let samples = try SampleSet.random(for: model, count: 64, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &result, log: &log)
    return (result, log)
  }

  /// The half decibel is what the choice may lose on samples that it has not seen either.
  @Test(arguments: [FloatNet.Kind.any, .depthwise, .dilated, .unbiased])
  func theChoiceIsNoWorseThanMinMax(kind: FloatNet.Kind) throws {
    for seed in 0..<2 {
      let model = FloatNet(kind, seed: UInt64(seed)).model
      let noise = try QuantizationNoise(
        model, SampleSet.random(for: model, count: 16, seed: 2), ParallelRunner())
      let auto = try quantized(model, .auto)
      let plain = try noise.share(of: quantized(model, .minMax).model)
      let chosen = try noise.share(of: auto.model)
      #expect(
        QuantizationNoise.decibels(chosen) >= QuantizationNoise.decibels(plain) - 0.5, "\(kind), \(seed)")
      #expect(auto.log.edits.contains { $0.sentence.hasPrefix("ranges by ") })
    }
  }

  /// On the samples that it is judged on, the choice is never below min-max, whatever the net.
  @Test(arguments: FloatNet.Kind.allCases)
  func theChoiceIsNeverBelowMinMaxWhereItIsJudged(kind: FloatNet.Kind) throws {
    for seed in 4..<7 {
      let model = FloatNet(kind, seed: UInt64(seed)).model
      let all = try SampleSet.random(for: model, count: 64, seed: 1)
      let judged = try QuantizationNoise(model, all, ParallelRunner(), from: 48)
      let plain = try judged.share(of: quantized(model, .minMax).model)
      let chosen = try judged.share(of: quantized(model, .auto).model)
      #expect(chosen <= plain * 1.000_001, "\(kind), \(seed): \(chosen) of \(plain)")
    }
  }

  @Test func fewSamplesAreNoJudge() throws {
    let model = FloatNet(.any, seed: 1).model
    var options = QuantizeIntegers.Options()
    options.rangeMethod = .auto
    var (result, log) = (model, PassLog())
    try QuantizeIntegers(samples: SampleSet.random(for: model, count: 63, seed: 1), options: options)
      .run(on: &result, log: &log)
    #expect(
      log.edits.contains { $0.sentence.hasPrefix("ranges by min-max: 15 samples held out are too few") })
  }

  @Test func wideActivationsHaveNoChoice() throws {
    let model = FloatNet(.any, seed: 1).model
    let samples = try SampleSet.random(for: model, count: 8, seed: 1)
    let files = try [RangeMethod.auto, .minMax].map { method in
      var options = QuantizeIntegers.Options()
      options.scheme = .int16x8
      options.rangeMethod = method
      var (result, log) = (model, PassLog())
      try QuantizeIntegers(samples: samples, options: options).run(on: &result, log: &log)
      return result.graphs[0].values.map(\.quantization)
    }
    #expect(files[0] == files[1])
  }
}

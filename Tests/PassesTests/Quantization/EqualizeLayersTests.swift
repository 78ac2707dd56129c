import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct EqualizeLayersTests {
  /// DEPTHWISE_CONV_2D, whose channels have very different weights, RELU and CONV_2D.
  private func model(usesBetween: Bool = false) -> Model {
    var builder = RuleModelBuilder()
    let middle = builder.value("middle", [1, 4, 4, 4])
    let extents: [Float] = (0..<36).map { [1, 0.01, 0.1, 0.001][$0 % 4] * Float($0 % 7 - 3) }
    let options: [(String, Int64)] = [("stride_w", 1), ("stride_h", 1)]
    builder.node(
      .depthwiseConv2D, 2,
      [builder.x, builder.floats("w", [1, 3, 3, 4], extents), builder.floats("b", [4], [0, 0, 0, 0])],
      [middle], "DepthwiseConv2DOptions", options + [("depth_multiplier", 1)])
    let rectified = builder.value("rectified", [1, 4, 4, 4])
    builder.node(.relu, 0, [middle], [rectified], "")
    let output = builder.value("y", [1, 4, 4, 3])
    builder.node(
      .conv2D, 1, [rectified, builder.floats("v", [3, 1, 1, 4]), builder.floats("c", [3])], [output],
      "Conv2DOptions",
      options)
    return builder.finish(usesBetween ? [output, rectified] : [output])
  }

  @Test func theModelComputesTheSame() throws {
    let before = model()
    var after = before
    var log = PassLog()
    let samples = try SampleSet.random(for: before, count: 20, seed: 1)
    try EqualizeLayers(samples: samples).run(on: &after, log: &log)
    #expect(log.edits.map(\.place) == ["operator 1 (DEPTHWISE_CONV_2D)"])
    let result = try AccuracyComparison(reference: Interpreter(before), candidate: Interpreter(after))
      .run(samples, samples)
    #expect(try #require(result.outputs.first).difference.sqnrDb > 100)
    _ = try ModelFile.serialize(after)
  }

  @Test func quantizationGainsFromIt() throws {
    let float = model()
    let samples = try SampleSet.random(for: float, count: 20, seed: 1)
    let noises = try [false, true].map { equalizes in
      var options = QuantizeIntegers.Options()
      options.equalizes = equalizes
      options.keepsFloatPorts = true
      var quantized = float
      var log = PassLog()
      try QuantizeIntegers(samples: samples, options: options).run(on: &quantized, log: &log)
      return try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(quantized))
        .run(samples, samples).outputs[0].difference.noise
    }
    #expect(noises[1] < noises[0])
  }

  @Test func valuesThatOthersReadStay() throws {
    var used = model(usesBetween: true)
    var log = PassLog()
    let samples = try SampleSet.random(for: used, count: 4, seed: 1)
    try EqualizeLayers(samples: samples).run(on: &used, log: &log)
    #expect(log.edits.isEmpty)
    #expect(log.refusals.count == 1)
  }
}

import Datasets
import Execution
import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

/// A model with int16 activations is at least as near to the float model as one with int8 activations.
@Suite struct WideActivationsTests {
  /// What chance may do: weights are int8 in both, and their rounding may happen to be undone by that of activations.
  private static let tolerance = 1.0

  private func decibels(_ model: Model, _ scheme: QuantizeIntegers.Scheme, _ noise: QuantizationNoise) throws
    -> Double
  {
    var options = QuantizeIntegers.Options()
    options.scheme = scheme
    var (quantized, log) = (model, PassLog())
    let samples = try SampleSet.random(for: model, count: 32, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &quantized, log: &log)
    return QuantizationNoise.decibels(try noise.share(of: quantized))
  }

  @Test(arguments: FloatNet.all(6)) func wideModelsAreNoWorse(net: FloatNet) throws {
    let model = net.model
    let noise = try QuantizationNoise(
      model, SampleSet.random(for: model, count: 16, seed: 2), ParallelRunner())
    let (narrow, wide) = (try decibels(model, .int8, noise), try decibels(model, .int16x8, noise))
    #expect(wide >= narrow - Self.tolerance, "\(wide) dB, int8 \(narrow) dB")
  }

  /// Scales of 16 bits are symmetric: random data would have numbers that calibration has never seen.
  @Test func randomDataAreThoseThatWereSeen() throws {
    let float = FloatNet(.dilated, seed: 3).model
    var options = QuantizeIntegers.Options()
    options.scheme = .int16x8
    var (wide, log) = (float, PassLog())
    let samples = try SampleSet.random(for: float, count: 32, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &wide, log: &log)
    let data = try SampleSet.random(for: float, alike: wide, count: 4, seed: 2)
    for sample in 0..<4 {
      for number in TensorData(try data.sample(sample)[0]).elements(Float.self) {
        #expect(number >= 0 && number <= 1)
      }
    }
  }

  /// LiteRT sums 16-bit products of a FULLY_CONNECTED without bias in 32 bits.
  @Test(arguments: [(100, 2), (2_000, 3)]) func longDenseLayersGetABias(taps: Int32, operands: Int) throws {
    var builder = NetBuilder(seed: 1)
    let x = builder.input([1, taps])
    var form = NetBuilder.Weights()
    form.hasBias = false
    let y = builder.dense(x, to: 3, form)
    var (model, log) = (builder.model([y]), PassLog())
    var options = QuantizeIntegers.Options()
    options.scheme = .int16x8
    let samples = try SampleSet.random(for: model, count: 4, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.last?.inputs.count == operands)
  }
}

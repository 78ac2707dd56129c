import Datasets
import Execution
import GraphIR
import ModelFiles
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Weights of 4 bits beside int8 activations.
@Suite struct NarrowWeightsTests {
  private func quantized(_ float: Model, ratio: Double?) throws -> (model: Model, log: PassLog) {
    var options = QuantizeIntegers.Options()
    options.rounding = .adaptive
    options.leastNarrowRatio = ratio
    var (model, log) = (float, PassLog())
    let samples = try SampleSet.random(for: float, count: 48, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    return (model, log)
  }

  private func narrowFilters(_ model: Model) -> [Value] {
    model.graphs.flatMap(\.values).filter { $0.isConstant && $0.elementType == .int4 }
  }

  /// Convolutions with odd numbers of weights, too.
  private func net(seed: UInt64) -> Model {
    var builder = NetBuilder(seed: seed)
    let x = builder.input([1, 9, 9, 3])
    let y = builder.convolution(x, to: 11)
    let z = builder.convolution(y, to: 8)
    let scores = builder.dense(z, to: 5)
    return builder.model([scores])
  }

  @Test(arguments: 1...12) func filesAreValidAndHalfAsLarge(seed: Int) throws {
    let float = net(seed: UInt64(seed))
    let (wide, narrow) = (try quantized(float, ratio: nil).model, try quantized(float, ratio: 0).model)
    let filters = narrowFilters(narrow)
    #expect(filters.count == 3)
    for filter in filters {
      let count = try #require(filter.shape?.elementCount)
      #expect(filter.data.byteCount == (count + 1) / 2)
    }
    #expect(GraphVerifier.forUse.firstProblem(in: narrow) == nil)
    let bytes = try ModelFile.serialize(narrow)
    #expect(try ModelFile.serialize(wide).count - bytes.count > 1_500)
    let read = try ModelFile.parse(bytes, name: "narrow")
    #expect(try ModelFile.serialize(read) == bytes)

    let noise = try QuantizationNoise(
      float, SampleSet.random(for: float, count: 16, seed: 2), ParallelRunner())
    let decibels = QuantizationNoise.decibels(try noise.share(of: narrow))
    #expect(decibels > 8, "\(decibels) dB")
  }

  @Test func whatWouldLoseTooMuchStaysInt8() throws {
    let float = net(seed: 1)
    let (none, log) = try quantized(float, ratio: .infinity)
    #expect(narrowFilters(none).isEmpty)
    #expect(log.refusals.contains { $0.sentence.contains("stay int8") })
    #expect(try ModelFile.serialize(none) == ModelFile.serialize(quantized(float, ratio: nil).model))
  }

  /// The more a layer has to keep, the fewer are narrow, and the nearer are the answers.
  @Test func ratiosAreOrdered() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let float = net(seed: seed)
      let noise = try QuantizationNoise(
        float, SampleSet.random(for: float, count: 16, seed: 2), ParallelRunner())
      let models = try [0, 100, Double.infinity].map { try quantized(float, ratio: $0).model }
      let counts = models.map { narrowFilters($0).count }
      #expect(counts == counts.sorted(by: >), "\(counts)")
      let shares = try [models[0], models[2]].map { try noise.share(of: $0) }
      #expect(shares[1] < shares[0], "\(shares)")
    }
  }

  @Test func versionsAreThoseThatReadFourBits() throws {
    let model = try quantized(net(seed: 2), ratio: 0).model
    let versions = model.graphs[0].nodes.filter { [.conv2D, .fullyConnected].contains($0.code.builtin) }
      .map(\.code.version)
    #expect(versions == [7, 7, 10])
  }

  @Test func bytesHoldTheFirstWeightBelow() {
    #expect(WeightWidth.int4.bytes([1, -2, 7, -7, -1]) == [0xE1, 0x97, 0x0F])
    #expect(WeightWidth.int8.bytes([1, -2]) == [1, 0xFE])
  }

  private func planned(_ model: Model, _ kernels: KernelLibrary) throws -> Int {
    try Self.planner(kernels).plannedModel(for: model).charge.headBytes
  }

  private static func planner(_ kernels: KernelLibrary) -> Planner<TFLMBuild> {
    let target = TFLMTarget.cortexM(kernels)
    return Planner(for: TFLMBuild(target, safeOn: [kernels]))
  }

  /// Kernels that unpack weights take memory for them: the head stays within the budget, and grows with it.
  @Test(arguments: 1...4) func theArenaStaysWithinTheBudget(seed: Int) throws {
    let float = net(seed: UInt64(seed))
    let samples = try SampleSet.random(for: float, count: 48, seed: 1)
    let wide = try planned(quantized(float, ratio: nil).model, .reference)
    var counts: [Int] = []
    for growth in [0, 1_000, 100_000] {
      var options = QuantizeIntegers.Options()
      options.rounding = .adaptive
      options.leastNarrowRatio = 0
      var (model, log) = (float, PassLog())
      try QuantizeNarrow(
        samples: samples, options: options, budget: .headGrowth(growth), planner: Self.planner(.reference)
      ).run(on: &model, log: &log)
      #expect(try planned(model, .reference) <= wide + growth)
      counts.append(narrowFilters(model).count)
      #expect(counts.last == 3 || log.refusals.contains { $0.sentence.contains("--compress-arena") })
    }
    #expect(counts == counts.sorted() && counts.last == 3, "\(counts)")
  }

  /// CMSIS-NN's kernels read packed weights.
  @Test func packedWeightsCostNothingWhereKernelsReadThem() throws {
    let float = net(seed: 3)
    var options = QuantizeIntegers.Options()
    options.leastNarrowRatio = 0
    var (model, log) = (float, PassLog())
    let samples = try SampleSet.random(for: float, count: 48, seed: 1)
    try QuantizeNarrow(
      samples: samples, options: options, budget: .headGrowth(0), planner: Self.planner(.cmsisNN)
    ).run(on: &model, log: &log)
    #expect(narrowFilters(model).contains { $0.shape?.elementCount == 9 * 9 * 8 * 5 })
    #expect(try planned(model, .cmsisNN) <= planned(quantized(float, ratio: nil).model, .cmsisNN))
  }
}

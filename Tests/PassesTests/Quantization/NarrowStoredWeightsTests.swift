import Datasets
import Execution
import GraphIR
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Weights of 4 bits for models that are int8 already.
@Suite struct NarrowStoredWeightsTests {
  private func float(seed: UInt64) -> Model {
    var builder = NetBuilder(seed: seed)
    let x = builder.input([1, 9, 9, 3])
    let y = builder.depthwise(builder.convolution(x, to: 11))
    let z = builder.convolution(y, to: 8)
    let scores = builder.dense(z, to: 5)
    return builder.model([scores])
  }

  private func integer(_ float: Model) throws -> Model {
    var (model, log) = (float, PassLog())
    let samples = try SampleSet.random(for: float, count: 48, seed: 1)
    try QuantizeIntegers(samples: samples, options: QuantizeIntegers.Options()).run(on: &model, log: &log)
    return model
  }

  private func narrow(
    _ integer: Model, ratio: Double?, wide: Set<Int> = []
  ) throws -> (model: Model, log: PassLog) {
    var options = QuantizeIntegers.Options()
    options.leastNarrowRatio = ratio
    options.wideLayers = wide
    var (model, log) = (integer, PassLog())
    let samples = try SampleSet.random(for: integer, count: 48, seed: 1)
    try NarrowStoredWeights(samples: samples, options: options).edit(&model, log: &log)
    return (model, log)
  }

  private func filters(_ model: Model) -> [Value] {
    model.graphs.flatMap(\.values).filter { $0.isConstant && $0.elementType == .int4 }
  }

  /// Activations keep their scales, files are smaller, and answers are as near as those of the float model's own.
  @Test(arguments: 1...8) func onlyWeightsAndBiasesChange(seed: Int) throws {
    let float = float(seed: UInt64(seed))
    let integer = try integer(float)
    #expect(NarrowStoredWeights.isFor(integer) && !NarrowStoredWeights.isFor(float))
    let (narrow, log) = try narrow(integer, ratio: 0)
    #expect(filters(narrow).count == 3)
    #expect(log.edits.count { $0.sentence.contains("4 bits") } == 3)
    #expect(GraphVerifier.forUse.firstProblem(in: narrow) == nil)
    let bytes = try ModelFile.serialize(narrow)
    #expect(try ModelFile.serialize(integer).count - bytes.count > 1_500)
    #expect(try ModelFile.serialize(ModelFile.parse(bytes, name: "narrow")) == bytes)
    for (node, other) in zip(integer.graphs[0].nodes, narrow.graphs[0].nodes) {
      let scales = [(integer, node), (narrow, other)].map { model, node in
        node.outputs.map { model.graphs[0][$0].quantization }
      }
      #expect(scales[0] == scales[1])
    }
    let noise = try QuantizationNoise(
      float, SampleSet.random(for: float, count: 16, seed: 2), ParallelRunner())
    #expect(QuantizationNoise.decibels(try noise.share(of: narrow)) > 8)
  }

  @Test func layersStayWideWhereTheyAreAskedTo() throws {
    let integer = try integer(float(seed: 3))
    #expect(filters(try narrow(integer, ratio: 0, wide: [0, 2]).model).count == 1)
    let (none, log) = try narrow(integer, ratio: .infinity)
    #expect(none.isSame(as: integer))
    #expect(log.refusals.contains { $0.sentence.contains("stay int8") })
  }

  /// A constant that two layers read has one scale for both.
  @Test func sharedWeightsStay() throws {
    let graph = try integer(float(seed: 4)).graphs[0]
    let layers = IntegerLayer.narrowable(graph)
    #expect(layers.count == 3)
    let shared = Graph(
      nodes: graph.nodes, values: graph.values, inputs: graph.inputs,
      outputs: graph.outputs + [layers[0].filter])
    #expect(IntegerLayer.narrowable(shared).map(\.node) == layers.dropFirst().map(\.node))
  }

  @Test func biasesAreWhatTheyWere() throws {
    let integer = try integer(float(seed: 5))
    let before = IntegerLayer.narrowable(integer.graphs[0])
    let model = try narrow(integer, ratio: 0).model
    for layer in before {
      let (old, id) = (layer.realBias(in: integer.graphs[0]), try #require(layer.bias))
      let value = model.graphs[0][id]
      let scales = try #require(value.quantization?.scales)
      let new = value.data.elements(Int32.self).enumerated().map {
        Double($1) * Double(scales[scales.count == 1 ? 0 : $0])
      }
      // What rounding adds to the mean is taken off.
      let range = 255 * Double(layer.outputScale)
      #expect(zip(old, new).allSatisfy { abs($0 - $1) < range / 4 })
    }
  }
}

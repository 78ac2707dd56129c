import Datasets
import Execution
import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Constants that are outputs of a model, such as the anchors of a detector.
@Suite struct ConstantOutputTests {
  private static let numbers: [Float] = [3, -2, 5, 1, 0, 9]

  private var model: Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 6], .float32)
    let anchors = builder.constant(
      "anchors", [1, 6], .float32, bytes: Self.numbers.map(\.bitPattern).littleEndianBytes)
    let y = builder.value("y", [1, 6], .float32)
    builder.node(.add, [x, anchors], [y], options: Record("AddOptions"))
    builder.outputs([y, anchors])
    return Model(graphs: [builder.graph])
  }

  @Test(arguments: QuantizeIntegers.Scheme.allCases, [false, true])
  func theirRangeIsTheirs(_ scheme: QuantizeIntegers.Scheme, _ hasFallback: Bool) throws {
    var model = model
    var options = QuantizeIntegers.Options()
    options.scheme = scheme
    options.allowsFloatFallback = hasFallback
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: 8, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    let graph = model.graphs[0]
    let output = try #require(graph.outputs[1])
    let quantization = try #require(graph[output].quantization)
    let scale = try #require(quantization.scales?.first)
    let zeroPoint = Float(quantization.zeroPoints?.first ?? 0)
    let bytes = try Session(Interpreter(model)).run(
      SampleSet.random(for: model, count: 1, seed: 2).sample(0))[1]
    let stored =
      scheme == .int8
      ? TensorData(bytes).elements(Int8.self).map { Float($0) }
      : TensorData(bytes).elements(Int16.self).map { Float($0) }
    for (number, element) in zip(Self.numbers, stored) {
      #expect(abs((element - zeroPoint) * scale - number) <= scale)
    }
  }
}

import Datasets
import Execution
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct RestoreFloatsTests {
  private static func words(_ words: [Int32]) -> [UInt8] {
    words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  /// A convolution, a requantization and a softmax in uint8, as converters wrote them in 2018.
  private static func bytes(hasFloatPorts: Bool = false) -> Model {
    var builder = GraphBuilder()
    let scale = Quantization(scales: [1 / 128], zeroPoints: [128])
    let port = builder.input("in", [1, 4, 4, 2], hasFloatPorts ? .float32 : .uint8)
    var x = port
    if hasFloatPorts {
      x = builder.value("x", [1, 4, 4, 2], .uint8)
      builder.node(.quantize, [port], [x])
    }
    builder.quantize(x, scale)
    let filter = builder.constant(
      "filter", [3, 1, 1, 2], .uint8, bytes: [10, 200, 130, 90, 255, 0])
    builder.quantize(filter, Quantization(scales: [0.01], zeroPoints: [120]))
    let bias = builder.constant("bias", [3], .int32, bytes: words([400, -900, 25]))
    builder.quantize(bias, Quantization(scales: [0.01 / 128], zeroPoints: [0]))
    let y = builder.value("y", [1, 4, 4, 3], .uint8)
    builder.quantize(y, Quantization(scales: [0.02], zeroPoints: [120]))
    builder.node(
      .conv2D, [x, filter, bias], [y],
      options: Record(
        "Conv2DOptions",
        [
          .init(name: "padding", value: .integer(1)), .init(name: "stride_w", value: .integer(1)),
          .init(name: "stride_h", value: .integer(1)),
        ]))
    let z = builder.value("z", [1, 4, 4, 3], hasFloatPorts ? .float32 : .uint8)
    if hasFloatPorts {
      builder.node(.dequantize, [y], [z])
    } else {
      builder.quantize(z, Quantization(scales: [0.03], zeroPoints: [110]))
      builder.node(.quantize, [y], [z])
    }
    builder.outputs([z])
    var graph = builder.graph
    for index in graph.nodes.indices where graph.nodes[index].options != nil {
      graph.nodes[index].options = Node.Options(code: 1, record: graph.nodes[index].attributes)
    }
    return Model(graphs: [graph])
  }

  private func restored(_ model: Model) throws -> Model {
    var (result, log) = (model, PassLog())
    try RestoreFloats().run(on: &result, log: &log)
    #expect(log.edits.count == 1)
    return try ModelFile.parse(ModelFile.serialize(result), name: "restored")
  }

  @Test(arguments: [false, true]) func bytesBecomeTheNumbersTheyStandFor(hasFloatPorts: Bool) throws {
    let model = Self.bytes(hasFloatPorts: hasFloatPorts)
    #expect(RestoreFloats.isNeeded(model))
    let float = try restored(model)
    #expect(float.graphs[0].nodes.map(\.code.builtin) == [.conv2D])
    #expect(float.graphs[0].values.allSatisfy { $0.elementType == .float32 && $0.quantization == nil })
    #expect(float.graphs[0].outputs.compactMap { $0.map { float.graphs[0][$0].name } } == ["z"])
    let result = try AccuracyComparison(reference: Interpreter(model), candidate: Interpreter(float)).run(
      SampleSet.random(for: model, alike: float, count: 10, seed: 2),
      SampleSet.random(for: float, alike: model, count: 10, seed: 2))
    #expect(result.outputs.allSatisfy { $0.difference.sqnrDb > 30 })
  }

  @Test(arguments: [
    "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED", "UNIDIRECTIONAL_SEQUENCE_LSTM",
  ]) func weightsBesideFloatsBecomeFloats(name: String) throws {
    let original = try #require(RuleModel.all.first { $0.name == name }).model
    var (hybrid, log) = (original, PassLog())
    try QuantizeWeights(.int8, leastElements: 1).run(on: &hybrid, log: &log)
    #expect(RestoreFloats.isNeeded(hybrid) && !RestoreFloats.isNeeded(original))
    let float = try restored(hybrid)
    #expect(!RestoreFloats.isNeeded(float))
    let samples = try SampleSet.random(for: original, count: 10, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(original), candidate: Interpreter(float))
      .run(samples, samples)
    #expect(result.outputs.allSatisfy { $0.difference.sqnrDb > 28 })
    var integers = float
    try QuantizeIntegers(samples: samples).run(on: &integers, log: &log)
    #expect(integers.graphs[0].values.contains { $0.elementType == .int8 })
  }

  @Test func halvesBecomeFloats() throws {
    let original = try #require(RuleModel.all.first { $0.name == "CONV_2D" }).model
    var (half, log) = (original, PassLog())
    try QuantizeWeights(.float16, leastElements: 1).run(on: &half, log: &log)
    try RestoreFloats().run(on: &half, log: &log)
    #expect(half.graphs[0].nodes.count == original.graphs[0].nodes.count)
    #expect(half.graphs[0].values.allSatisfy { $0.elementType != .float16 })
  }

  @Test func integerModelsAreLeftAlone() throws {
    let path = try #require(OwnModels.paths.first { $0.contains("cnn_int8") })
    let model = try ModelFile.read(path: path)
    #expect(!RestoreFloats.isNeeded(model))
    var (same, log) = (model, PassLog())
    #expect(try RestoreFloats().run(on: &same, log: &log) == .unchanged)
  }

  @Test func computingWithStoredNumbersIsRefused() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [2], .uint8)
    let y = builder.value("y", [2], .float32)
    builder.quantize(x, Quantization(scales: [0.5], zeroPoints: [3]))
    builder.node(.cast, [x], [y])
    builder.outputs([y])
    var (model, log) = (Model(graphs: [builder.graph]), PassLog())
    #expect(throws: PassError.self) { try RestoreFloats().run(on: &model, log: &log) }
  }
}

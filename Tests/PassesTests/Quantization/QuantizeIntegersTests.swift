import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct QuantizeIntegersTests {
  private func quantized(
    _ model: Model, _ change: (inout QuantizeIntegers.Options) -> Void = { _ in }
  ) throws -> (model: Model, log: PassLog) {
    var options = QuantizeIntegers.Options()
    change(&options)
    var result = model
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: 12, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &result, log: &log)
    return (result, log)
  }

  private func rule(_ name: String) throws -> Model {
    try #require(RuleModel.all.first { $0.name == name }).model
  }

  @Test func layersFollowTheSpecification() throws {
    let (model, log) = try quantized(rule("CONV_2D"))
    let graph = model.graphs[0]
    let node = try #require(graph.nodes.last)
    #expect(node.code.version == 3)
    let input = graph[try #require(node.inputs[0])]
    let filter = graph[try #require(node.inputs[1])]
    let bias = graph[try #require(node.inputs[2])]
    #expect(filter.elementType == .int8)
    #expect(filter.quantization?.axis == 0)
    #expect(filter.quantization?.scales?.count == 5)
    #expect(filter.quantization?.zeroPoints == [0, 0, 0, 0, 0])
    #expect(filter.data.elements(Int8.self).allSatisfy { $0 >= -127 })
    #expect(bias.elementType == .int32)
    let scale = try #require(input.quantization?.scales?.first)
    #expect(bias.quantization?.scales == filter.quantization?.scales?.map { $0 * scale })
    #expect(log.edits.last?.sentence == "int8 weights, int8 activations")
    let written = try ModelFile.parse(ModelFile.serialize(model), name: "written")
    #expect(written.operatorCodes.count == 2)
  }

  @Test func wideActivationsAreSymmetricWithWideBiases() throws {
    let (model, _) = try quantized(rule("CONV_2D")) { $0.scheme = .int16x8 }
    let graph = model.graphs[0]
    let node = try #require(graph.nodes.last)
    #expect(node.code.version == 4)
    #expect(graph[try #require(node.inputs[2])].elementType == .int64)
    for value in graph.values where value.elementType == .int16 {
      #expect(value.quantization?.zeroPoints == [0])
    }
    #expect(graph.nodes[0].attributes.bool("pot_scale_int16", default: true) == false)
  }

  @Test func portsCanStayFloat() throws {
    let (model, _) = try quantized(rule("RELU")) { $0.keepsFloatPorts = true }
    let graph = model.graphs[0]
    #expect(graph.nodes.map(\.code.name) == ["QUANTIZE", "SUB", "RELU", "DEQUANTIZE"])
    let (input, output) = (try #require(graph.inputs[0]), try #require(graph.outputs[0]))
    #expect(graph[input].elementType == .float32)
    #expect(graph[output].elementType == .float32)
    #expect(graph[output].name == "y0")
    #expect(graph.values.contains { $0.name == "y0_int8" })
  }

  @Test func fixedScalesAreKept() throws {
    for (name, scale, zeroPoint) in [
      ("SOFTMAX", Float(1.0 / 256), Int64(-128)), ("LOGISTIC", 1.0 / 256, -128), ("TANH", 1.0 / 128, 0),
      ("L2_NORMALIZATION", 1.0 / 128, 0), ("LOG_SOFTMAX", 16.0 / 256, 127),
    ] {
      let (model, _) = try quantized(rule(name))
      let output = model.graphs[0][try #require(model.graphs[0].outputs[0])]
      #expect(output.quantization?.scales == [scale], "\(name)")
      #expect(output.quantization?.zeroPoints == [zeroPoint], "\(name)")
    }
  }

  @Test func joinedValuesShareOneScale() throws {
    for name in ["CONCATENATION", "PACK", "MAXIMUM", "PADV2", "RESHAPE", "MAX_POOL_2D", "SPLIT", "RELU6"] {
      let graph = try quantized(rule(name)).model.graphs[0]
      let node = try #require(graph.nodes.last)
      let operands = (node.inputs.compactMap(\.self) + node.outputs).map { graph[$0] }
      let scales = operands.filter { $0.elementType == .int8 }.compactMap { $0.quantization?.scales }
      #expect(Set(scales).count == 1, "\(name)")
    }
  }

  @Test func operatorsWithoutIntegerKernelStayFloatWhereAllowed() throws {
    var builder = RuleModelBuilder([1, 8])
    let sums = builder.value("sums", [1, 8])
    builder.node(
      .cumsum, 102, [builder.x, builder.integers("axis", [], [1])], [sums], "CumsumOptions")
    let y = builder.value("y", [1, 8])
    builder.node(.add, 11, [sums, builder.x], [y], "AddOptions")
    let float = builder.finish([y])
    #expect(throws: PassError.self) { try quantized(float) }
    let (model, log) = try quantized(float) { $0.allowsFloatFallback = true }
    #expect(model.graphs[0].nodes.map(\.code.name) == ["SUB", "DEQUANTIZE", "CUMSUM", "QUANTIZE", "ADD"])
    #expect(log.refusals.map(\.place) == ["operator 1 (CUMSUM)"])
    #expect(log.refusals[0].sentence.hasSuffix("its activations take 64 bytes, in place of 16"))
    _ = try Interpreter(model)
  }

  @Test func sharedFixedScalesAreRequantized() throws {
    var builder = RuleModelBuilder([1, 8])
    let gate = builder.value("gate", [1, 8])
    builder.node(.logistic, 0, [builder.x], [gate], "")
    let y = builder.value("y", [1, 16])
    builder.node(.concatenation, 10, [gate, builder.x], [y], "ConcatenationOptions", [("axis", 1)])
    let graph = try quantized(builder.finish([y])).model.graphs[0]
    #expect(graph.nodes.map(\.code.name) == ["SUB", "LOGISTIC", "QUANTIZE", "CONCATENATION"])
  }

  @Test func halfPrecisionWeightsAreTakenAsFloats() throws {
    var half = try rule("CONV_2D")
    var log = PassLog()
    try QuantizeWeights(.float16, leastElements: 1).run(on: &half, log: &log)
    #expect(half.graphs[0].nodes.map(\.code.name) == ["SUB", "DEQUANTIZE", "DEQUANTIZE", "CONV_2D"])
    let (model, _) = try quantized(half)
    #expect(model.graphs[0].nodes.map(\.code.name) == ["SUB", "CONV_2D"])
  }

  @Test func quantizedModelsAreRefused() throws {
    let (model, _) = try quantized(rule("RELU"))
    #expect {
      try quantized(model)
    } throws: {
      "\($0)".contains("quantized already")
    }
  }

  @Test func emptyAndConstantDataAreRefused() throws {
    var model = try rule("RELU")
    let before = try ModelFile.serialize(model)
    var log = PassLog()
    let none = try SampleSet.random(for: model, count: 2, seed: 1).prefix(0)
    #expect(throws: PassError.self) { try QuantizeIntegers(samples: none).run(on: &model, log: &log) }
    try TemporaryFolder.with { folder in
      let path = folder + "/x.csv"
      let row = Array(repeating: "3", count: 64).joined(separator: ",")
      try "\(row)\n\(row)\n".write(toFile: path, atomically: true, encoding: .utf8)
      let constant = try SampleSet(model, files: [.init(path: path)])
      #expect(throws: PassError.self) { try QuantizeIntegers(samples: constant).run(on: &model, log: &log) }
    }
    #expect(try ModelFile.serialize(model) == before)
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let model = try rule("CONV_2D")
    let files = try [1, 2, 3].map { threads in
      try ModelFile.serialize(quantized(model) { $0.threadCount = threads }.model)
    }
    #expect(Set(files).count == 1)
  }
}

import Execution
import GraphIR
import ModelFiles
import Operators
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes

@Suite struct CompressWeightsTests {
  /// Dense layers of 192 inputs and outputs in a row, with weights that are mostly small.
  private static func model(layers: Int, sharing: Bool = false, spread: Int = 3) -> Model {
    var builder = GraphBuilder()
    var random = SeededRandom(seed: 7)
    let size: Int32 = 192
    var current = builder.input("x", [1, size])
    builder.quantize(current, Quantization(scales: [0.1], zeroPoints: [0]))
    var weights: ValueID?
    for layer in 0..<layers {
      let bytes = (0..<Int(size * size)).map { _ in
        UInt8(truncatingIfNeeded: random.next(below: spread) * random.next(below: spread))
      }
      let own = weights ?? builder.constant("w\(layer)", [size, size], .int8, bytes: bytes)
      builder.quantize(own, Quantization(scales: [0.02], zeroPoints: [0]))
      if sharing { weights = own }
      let output = builder.value("y\(layer)", [1, size])
      builder.quantize(output, Quantization(scales: [0.1], zeroPoints: [0]))
      builder.node(.fullyConnected, [current, own, nil], [output])
      current = output
    }
    builder.outputs([current])
    return Model(graphs: [builder.graph])
  }

  private static let planner = Planner(
    for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]), effort: PlanningEffort(.quick))

  private static func compressed(
    _ model: Model, _ method: CompressionMethod, _ budget: CompressionBudget
  ) throws -> (model: Model, log: PassLog) {
    var (result, log) = (model, PassLog())
    let pass = CompressWeights(method, budget, planner: planner) { try? ModelFile.serialize($0).count }
    try pass.run(on: &result, log: &log)
    return (result, log)
  }

  private static func answers(_ model: Model) throws -> [[[UInt8]]] {
    var random = SeededRandom(seed: 3)
    let session = try Session(Interpreter(model))
    return try (0..<4).map { _ in
      try session.run([(0..<192).map { _ in UInt8(random.next(below: 256)) }])
    }
  }

  private static func names(_ model: Model) -> [String] { model.graphs[0].nodes.map(\.code.name) }

  @Test(arguments: [CompressionMethod.auto, .huffman, .prune]) func answersStayTheSame(
    method: CompressionMethod
  ) throws {
    let model = Self.model(layers: 2)
    let (result, log) = try Self.compressed(model, method, .headGrowth(192 * 192))
    #expect(Self.names(result) == ["TFLM_DECODE", "FULLY_CONNECTED", "TFLM_DECODE", "FULLY_CONNECTED"])
    #expect(try Self.answers(result) == Self.answers(model))
    #expect(try ModelFile.serialize(result).count < ModelFile.serialize(model).count - 20_000)
    #expect(log.edits.count == 3 && log.refusals.isEmpty)
    #expect(log.edits.first?.sentence.hasPrefix("weights of 36864 B stored in ") == true)
    let read = try ModelFile.parse(ModelFile.serialize(result), name: "written")
    #expect(try Self.answers(read) == Self.answers(model))
  }

  @Test func theHeadStaysWithinTheBudget() throws {
    let model = Self.model(layers: 2)
    let before = try Self.planner.plannedModel(for: model).charge
    let (same, log) = try Self.compressed(model, .auto, .headGrowth(0))
    #expect(same.isSame(as: model))
    #expect(log.refusals.count == 2 && log.edits.isEmpty)
    #expect(log.refusals.first?.sentence.hasSuffix("allow them by --compress-arena 36864") == true)
    let (result, _) = try Self.compressed(model, .auto, .headGrowth(36_864))
    let after = try Self.planner.plannedModel(for: result).charge
    #expect(after.headBytes == before.headBytes + 36_864)
    let (_, tight) = try Self.compressed(model, .auto, .arena(after.arenaBytes - 16))
    #expect(!tight.refusals.isEmpty)
    let (fitting, _) = try Self.compressed(model, .auto, .arena(after.arenaBytes))
    #expect(fitting.isSame(as: result))
  }

  @Test func eachReaderHasADecodeOfItsOwn() throws {
    let model = Self.model(layers: 3, sharing: true)
    let (result, _) = try Self.compressed(model, .huffman, .headGrowth(40_000))
    let decodes = result.graphs[0].nodes.filter { $0.code.name == "TFLM_DECODE" }
    #expect(decodes.count == 3)
    #expect(Set(decodes.map(\.inputs)).count == 1)
    #expect(Set(decodes.map(\.outputs)).count == 3)
    #expect(try Self.answers(result) == Self.answers(model))
  }

  @Test func layersShareTables() throws {
    let model = Self.model(layers: 3, spread: 9)
    let (result, log) = try Self.compressed(model, .huffman, .headGrowth(40_000))
    let decodes = result.graphs[0].nodes.filter { $0.code.isDecode }
    #expect(decodes.count == 3 && log.refusals.isEmpty)
    #expect(Set(decodes.map { $0.inputs[1] }).count == 1)
    #expect(Set(decodes.map { $0.inputs[0] }).count == 3)
    #expect(try Self.answers(result) == Self.answers(model))
  }

  @Test func codeThatTakesMoreThanItSavesIsNotBroughtIn() throws {
    let model = Self.model(layers: 1, spread: 24)
    let (same, log) = try Self.compressed(model, .auto, .headGrowth(40_000))
    #expect(same.isSame(as: model))
    #expect(log.refusals.last?.sentence.contains("DECODE's code takes") == true)
    let (asked, _) = try Self.compressed(model, .huffman, .headGrowth(40_000))
    #expect(try ModelFile.serialize(asked).count < ModelFile.serialize(model).count)
  }

  @Test func whatIsSharedOrSeenFromOutsideStays() throws {
    var model = Self.model(layers: 2)
    let weights = model.graphs[0].nodes.compactMap { $0.inputs[1] }
    var twin = GraphEdit(of: model.graphs[0])
    twin[weights[1]].data = model.graphs[0][weights[0]].data
    model.apply(twin, to: GraphID(0))
    let shared = try Self.compressed(model, .auto, .headGrowth(40_000))
    #expect(shared.model.isSame(as: model))
    #expect(
      shared.log.refusals.map(\.sentence).contains { $0.hasPrefix("another tensor has the same bytes") })

    var port = Self.model(layers: 2)
    var edit = GraphEdit(of: port.graphs[0])
    edit.outputs.append(port.graphs[0].nodes[0].inputs[1])
    port.apply(edit, to: GraphID(0))
    let seen = try Self.compressed(port, .auto, .headGrowth(40_000))
    #expect(Self.names(seen.model).filter { $0 == "TFLM_DECODE" }.count == 1)
    #expect(seen.log.refusals.map(\.sentence) == ["its weights are a port of the model"])
  }

  @Test func sixteenNumbersAreLeft() throws {
    let model = Self.model(layers: 2, spread: 11)
    let (result, _) = try Self.compressed(model, .lut4, .headGrowth(40_000))
    let decode = try #require(result.graphs[0].nodes.first { $0.code.name == "TFLM_DECODE" })
    let kernel = NodeContext(decode, in: result.graphs[0])
    let tensor = try CodedTensor(kernel, 0)
    #expect(tensor.coding == .lookup(width: 4, stride: 16))
    let levels = Set(try tensor.decoded())
    #expect(levels.count == 16)
  }

  @Test func kernelsThatSumWeightsAheadKeepThem() {
    let svdf = OperatorCode(.svdf)
    #expect(CodableOperands.refusal(of: svdf, by: .cmsisNN)?.contains("sums its weights") == true)
    #expect(CodableOperands.refusal(of: svdf, by: .reference) == nil)
    #expect(CodableOperands.refusal(of: OperatorCode(.fullyConnected), by: .cmsisNN) == nil)
    #expect(!CodableOperands.contains(1, of: OperatorCode(.pad)))
    #expect(!CodableOperands.contains(2, of: OperatorCode(.conv2D)))
  }

  @Test func cleanUpLeavesCodedWeightsUnlessTheyChange() throws {
    let model = Self.model(layers: 2)
    let (coded, _) = try Self.compressed(model, .auto, .headGrowth(40_000))
    var (again, log) = (coded, PassLog())
    try CleanUp().run(on: &again, log: &log)
    #expect(Self.names(again).filter { $0 == "TFLM_DECODE" }.count == 2)
    try CleanUp(unpacksWeights: true).run(on: &again, log: &log)
    #expect(Self.names(again) == ["FULLY_CONNECTED", "FULLY_CONNECTED"])
    #expect(try Self.answers(again) == Self.answers(model))
  }
}

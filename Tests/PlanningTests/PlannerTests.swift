import MemoryPlanning
import ModelFiles
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Planning

@Suite struct PlannerTests {
  private static func planner(_ libraries: [KernelLibrary]) -> Planner<TFLMBuild> {
    Planner(for: TFLMBuild(.cortexM(.reference), safeOn: libraries))
  }

  /// A row of in-place operators: 4 × RELU on 64 bytes.
  private static func chain() -> Model {
    var builder = GraphBuilder()
    var last = builder.input("x", [1, 64])
    for index in 0..<4 {
      let next = builder.value("y\(index)", [1, 64])
      builder.node(.relu, [last], [next])
      last = next
    }
    builder.outputs([last])
    return Model(graphs: [builder.graph])
  }

  @Test func elementwiseChainNeedsOneTensor() throws {
    let plan = try Self.planner([.reference]).plan(Self.chain())
    #expect(plan.arenaBytes == 64)
    #expect(plan.lowerBoundBytes == 64)
    #expect(try Self.planner([]).plan(Self.chain()).arenaBytes == 128)
  }

  /// Sums of two earlier tensors each, of random sizes.
  private static func sums(using generator: inout SeededRandom) -> Model {
    var builder = GraphBuilder()
    var values = [builder.input("x", [Int32.random(in: 1...9, using: &generator)])]
    for index in 0..<14 {
      let near = values.suffix(4)
      let operands = (0..<2).map { _ in near.randomElement(using: &generator) ?? values[0] }
      values.append(builder.value("y\(index)", [Int32.random(in: 1...9, using: &generator)]))
      builder.node(.add, operands, [values[values.count - 1]])
    }
    builder.outputs([values[values.count - 1]])
    return Model(graphs: [builder.graph])
  }

  /// Where the best order's tensors do not fit into its peak, other orders are tried.
  @Test func otherOrdersAreTriedWhereThePeakIsNotReached() throws {
    var generator = SeededRandom(seed: 23)
    let runtime = IdealRuntime(alignment: 1)
    var walks = 0
    for _ in 0..<200 where walks < 3 {
      let model = Self.sums(using: &generator)
      let first = try Arranger(model, for: runtime).plan(.optimal)
      guard first.arenaBytes > first.lowerBoundBytes else { continue }
      walks += 1
      let plan = try Planner(for: runtime).plan(model)
      #expect((first.lowerBoundBytes...first.arenaBytes).contains(plan.arenaBytes))
      for name in NamedOrder.allCases where name != .optimal {
        #expect(try plan.arenaBytes <= Arranger(model, for: runtime).plan(name).arenaBytes)
      }
    }
    #expect(walks > 0)
  }

  @Test func inputThatIsReadAgainIsNotOverwritten() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 64])
    let one = builder.value("one", [1, 64])
    let two = builder.value("two", [1, 64])
    builder.node(.relu, [input], [one])
    builder.node(.add, [input, one], [two])
    builder.outputs([two])
    #expect(try Self.planner([.reference]).plan(Model(graphs: [builder.graph])).arenaBytes == 128)
  }

  @Test func outputOfTheModelIsNotOverwritten() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 64])
    let one = builder.value("one", [1, 64])
    let two = builder.value("two", [1, 64])
    builder.node(.relu, [input], [one])
    builder.node(.relu, [one], [two])
    builder.outputs([one, two])
    #expect(try Self.planner([.reference]).plan(Model(graphs: [builder.graph])).arenaBytes == 128)
  }

  @Test func plannedModelCarriesTheOffsets() throws {
    let planned = try Self.planner([.reference]).plannedModel(for: Self.chain())
    let offsets = try #require(try OfflinePlan.read(from: planned.model)).offsets
    #expect(offsets == [0, 0, 0, 0, 0])
    #expect(planned.stock.headBytes == 128)
    #expect(planned.charge.headBytes == 64)
    #expect(!planned.isUnchanged)
    let again = try Self.planner([.reference]).plannedModel(for: planned.model)
    #expect(again.faultOfOwnPlan == nil)
    #expect(again.isUnchanged)
  }

  @Test func modelThatCannotGainStaysAsItIs() throws {
    let planned = try Self.planner([]).plannedModel(for: Self.chain())
    #expect(planned.isUnchanged)
    #expect(planned.model.metadata == nil)
  }

  @Test func wrongPlansOfTheFileAreNamed() throws {
    func withPlan(_ words: [Int32]) -> Model {
      var model = Self.chain()
      let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      model.metadata = [.init(name: OfflinePlan.metadataName, data: TensorData(bytes))]
      return model
    }
    func fault(_ words: [Int32], _ libraries: [KernelLibrary] = [.reference]) throws -> String? {
      try Self.planner(libraries).plannedModel(for: withPlan(words)).faultOfOwnPlan
    }
    #expect(try fault([1, 1, 5, 0, 64, 0, 64, 0]) == nil)
    #expect(try fault([1, 1, 5, 0, 0, 0, 0, 0]) == nil)
    #expect(try fault([1, 1, 5, 0, 0, 0, 0, 0], []) != nil)
    let shared = try #require(try fault([1, 1, 5, 0, 16, 80, 0, 64]))
    #expect(shared.contains("tensor 0 'x' and tensor 1 'y0'"))
    #expect(try fault([1, 1, 4, 0, 64, 0, 64])?.contains("4 offsets for 5 tensors") == true)
    #expect(try fault([1, 1, 5, 0, -64, 0, 64, 0]) != nil)
    let repaired = try Self.planner([]).plannedModel(for: withPlan([1, 1, 5, 0, 16, 80, 0, 64]))
    #expect(!repaired.isUnchanged)
  }

  /// Three tensors of 64 bytes in a chain: x, RELU, y, then 1×1 CONV_2D, z.
  private static func faultOfConvolution(_ offsets: [Int?], on library: KernelLibrary) throws -> String? {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4, 4, 4])
    let y = builder.value("y", [1, 4, 4, 4])
    let w = builder.constant("w", [4, 1, 1, 4])
    let z = builder.value("z", [1, 4, 4, 4])
    builder.node(.relu, [x], [y])
    let options = Record(
      "Conv2DOptions",
      [
        .init(name: "padding", value: .integer(1)), .init(name: "stride_w", value: .integer(1)),
        .init(name: "stride_h", value: .integer(1)),
      ])
    builder.node(.conv2D, [y, w, nil], [z], options: options)
    builder.outputs([z])
    let plan = OfflinePlan(offsets: [offsets[0], offsets[1], nil, offsets[2]])
    return try planner([library]).runtime.faultOfOffsets(
      in: Model(
        graphs: [builder.graph],
        metadata: [
          .init(
            name: OfflinePlan.metadataName, data: TensorData(plan.metadataBytes(subgraphCount: 1)))
        ]))
  }

  @Test func plansAreJudgedByTheKernelsTheyMeet() throws {
    #expect(try Self.faultOfConvolution([0, 64, 128], on: .reference) == nil)
    #expect(try Self.faultOfConvolution([0, 64, 0], on: .cmsisNN) == nil)
    #expect(try Self.faultOfConvolution([nil, nil, nil], on: .reference) == nil)
    #expect(try Self.faultOfConvolution([64, 64, 48], on: .reference) == nil)
    #expect(
      try Self.faultOfConvolution([64, 64, 48], on: .cmsisNN)?.contains("'y' and tensor 3 'z'") == true)
    #expect(try Self.faultOfConvolution([0, 16, 80], on: .reference) != nil)
  }

  @Test func unalignedElementsAreNamed() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    builder.node(.relu, [x], [builder.value("y", [4], .float32)])
    let bytes = OfflinePlan(offsets: [2, 32]).metadataBytes(subgraphCount: 1)
    let model = Model(
      graphs: [builder.graph], metadata: [.init(name: OfflinePlan.metadataName, data: TensorData(bytes))])
    let fault = try #require(try Self.planner([.reference]).runtime.faultOfOffsets(in: model))
    #expect(fault.contains("'x' at 2, where its elements are not aligned"))
  }

  @Test(arguments: ["cnn_int8", "resnet_int8", "inception_int8", "streaming_float32", "while_float32"])
  func ownModelsGiveTheSameAnswersInTheirArena(name: String) throws {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/\(name).tflite") })
    let model = try ModelFile.read(path: path)
    for libraries in [KernelLibrary.any, [.reference]] {
      let planned = try Self.planner(libraries).plannedModel(for: model)
      #expect(planned.charge.headBytes <= planned.stock.headBytes)
      #expect(PlanCheck.run(model, planned.plan, samples: 1) == .same(samples: 1))
    }
  }

  @Test func brokenPlanIsFound() throws {
    let path = try #require(OwnModels.paths.first { $0.contains("cnn_int8") })
    let model = try ModelFile.read(path: path)
    let plan = try Self.planner([]).plan(model)
    var broken = plan
    for index in broken.buffers.indices { broken.buffers[index].offset = 0 }
    guard case .differs = PlanCheck.run(model, broken) else {
      Issue.record("a plan with all tensors at one place gives the right answers")
      return
    }
  }
}

/// Plans of the models in the folder that `NNOPT_MODELS` names.
@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct RealModelHeadTests {
  /// Heads without overlap, safe on any kernels, and for reference kernels: no higher than these. Models that
  /// take the walk over orders are left to the live report: an unoptimized build is slow at it.
  @Test(arguments: [
    ("ssd_slim_120x160x1_v1_int8", 316_288, 230_400, 162_688),
    ("movenet_single_pose_lightning_ptq", 1_105_920, 1_105_920, 884_752),
    ("vww_96_int8", 55_296, 55_296, 36_880), ("v2_okay_nabu", 2_960, 2_896, 2_896),
    ("model_1", 7_680, 6_144, 6_144), ("person_detect", 55_296, 55_296, 36_880),
    ("pretrainedResnet_quant", 49_152, 49_152, 33_312),
  ])
  func headsAreNoHigher(name: String, apart: Int, any: Int, reference: Int) throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/\(name).tflite") })
    let model = try ModelFile.read(path: entry.path)
    for (libraries, bytes) in [([], apart), (KernelLibrary.any, any), ([.reference], reference)] {
      let planned = try Planner(for: TFLMBuild(.host, safeOn: libraries)).plannedModel(for: model)
      #expect(planned.charge.headBytes <= bytes)
      #expect(planned.charge.headBytes <= planned.stock.headBytes)
    }
  }

  /// The scratch buffers that the runtime places around the tensors stay below the planned arena.
  @Test(arguments: ["vww_96_int8", "person_detect", "pretrainedResnet_quant", "micro_speech_quantized"])
  func headIsThePlannedArena(name: String) throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/\(name).tflite") })
    let model = try ModelFile.read(path: entry.path)
    for library in KernelLibrary.allCases {
      let target = TFLMTarget.cortexM(library)
      let planned = try Planner(for: TFLMBuild(target, safeOn: [library])).plannedModel(for: model)
      if planned.isUnchanged { continue }
      #expect(planned.charge.headBytes <= planned.plan.arenaBytes)
    }
  }
}

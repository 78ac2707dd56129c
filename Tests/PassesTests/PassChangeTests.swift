import Datasets
import Execution
import ModelFiles
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

/// A pass says "unchanged" exactly where the file would have the same bytes, on every model and for every pass.
@Suite struct PassChangeTests {
  /// All passes with settings that find much to do, and such that find nothing.
  private static func passes(_ samples: SampleSet) -> [any Pass] {
    var integers = QuantizeIntegers.Options()
    integers.allowsFloatFallback = true
    var wide = integers
    wide.scheme = .int16x8
    return [
      CleanUp(), CleanUp(unpacksWeights: true, mergesConstants: false), Strip(),
      PlanArena(Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]))),
      PlanArena(Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [], writesOffsets: false))),
      MagnitudePruning(fraction: 0), MagnitudePruning(fraction: 0.3), PatternPruning(keeping: 1, of: 4),
      PatternPruning(keeping: 4, of: 4), EqualizeLayers(samples: samples),
      ChannelPruning(.init(fraction: 0), calibration: samples),
      ChannelPruning(.init(fraction: 0.2, refit: false), calibration: samples),
      LayerDecomposition(.init(errorBudget: 1e-12, epochs: 0), calibration: samples),
      LayerDecomposition(.init(errorBudget: 0.5, epochs: 0), calibration: samples),
      QuantizeWeights(.int8), QuantizeWeights(.float16),
      QuantizeIntegers(samples: samples, options: integers),
      QuantizeIntegers(samples: samples, options: wide),
    ]
  }

  /// Runs a pass, one time or more, and holds what it says of each run against the files.
  ///
  /// - Returns: what it said; nothing where it refused the model.
  private func check(_ pass: any Pass, on original: Model, times: Int) throws -> [PassChange] {
    var model = original
    var bytes = try ModelFile.serialize(model)
    var changes: [PassChange] = []
    for _ in 0..<times {
      var log = PassLog()
      do throws(PassError) {
        changes.append(try pass.run(on: &model, log: &log))
      } catch {
        #expect(try ModelFile.serialize(model) == bytes, "\(error): the model is not as it was")
        #expect(!error.reason.contains("bug"), "\(error)")
        return changes
      }
      let new = try ModelFile.serialize(model)
      #expect((new == bytes) == (changes.last == .unchanged), "\(type(of: pass).name): \(log.edits)")
      bytes = new
    }
    return changes
  }

  private func check(_ model: Model, times: Int) throws -> [PassChange] {
    let samples = try SampleSet.random(for: model, count: 2, seed: 1)
    return try Self.passes(samples).flatMap { try check($0, on: model, times: times) }
  }

  /// The small ones: some passes take minutes on others in an unoptimized build.
  private static let paths = OwnModels.paths.filter { path in
    ["cnn_", "streaming_", "while_", "dscnn_int8"].contains { path.contains("/\($0)") }
  }

  @Test(arguments: paths)
  func saysWhatItDoesToOwnModels(path: String) throws {
    let changes = try check(ModelFile.read(path: path), times: 1)
    #expect(changes.contains(.changed) && changes.contains(.unchanged))
  }

  /// Models with one thing each that only one pass minds.
  private static let oddities: [(name: String, change: @Sendable (inout Model) -> Void)] = [
    ("nothing", { _ in }),
    ("a name of the graph", { $0.graphs[0].name = "main" }),
    ("a description", { $0.description = "made by a test" }),
    ("a buffer without data", { $0.graphs[0].values[0].data = TensorData([], location: .absent) }),
    ("buffers of metadata", { $0.metadataBuffers = [TensorData([1])] }),
    ("debugging of the graph", { $0.graphs[0].debugMetadataIndex = 0 }),
    ("debugging of an operator", { $0.graphs[0].nodes[0].debugMetadataIndex = 0 }),
    ("an empty list of signatures", { $0.signatures = [] }),
    ("an empty list of metadata", { $0.metadata = [] }),
    (
      "a plan without tensors",
      { $0.metadata = [.init(name: OfflinePlan.metadataName, data: TensorData([1]))] }
    ),
    ("something behind the model", { $0.appendix = [1, 2, 3, 4] }),
    ("an unused tensor", { $0.graphs[0].values.append($0.graphs[0].values[0]) }),
    ("an unused code", { $0.operatorCodes = [OperatorCode(.conv2D), OperatorCode(.floor)] }),
    ("an unused buffer", { $0.buffers = [.none, TensorData([7])] }),
    (
      "equal constants",
      { model in
        let constant = model.graphs[0].values.firstIndex { $0.isConstant } ?? 0
        model.graphs[0].values.append(model.graphs[0].values[constant])
      }
    ),
    (
      "not a number",
      { model in
        for index in model.graphs[0].values.indices {
          model.graphs[0].values[index].quantization = Quantization(scales: nil, zeroPoints: nil)
          model.graphs[0].values[index].quantization?.min = [.nan]
        }
      }
    ),
  ]

  @Test(arguments: oddities.map(\.name))
  func saysWhatItDoesToOddModels(name: String) throws {
    var graphs = FloatGraphs(seed: 4)
    let x = graphs.builder.input("x", [1, 5, 5, 4], .float32)
    let first = graphs.convolution(x, outputs: 8, taps: 2, activation: 1)
    let output = graphs.convolution(graphs.convolution(first, outputs: 8), outputs: 4)
    var model = graphs.model(outputs: [output])
    for index in model.graphs[0].values.indices { model.graphs[0].values[index].name = nil }
    try #require(Self.oddities.first { $0.name == name }).change(&model)
    let changes = try check(model, times: 2)
    #expect(changes.contains(.changed) && changes.contains(.unchanged))
  }

  private struct Halfway: Pass {
    static let name = "halfway"

    func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
      model.graphs[0].outputs = [ValueID(99)]
      throw PassError(pass: Self.name, reason: "it cannot go on")
    }
  }

  private struct Break: Pass {
    static let name = "break"

    func edit(_ model: inout Model, log: inout PassLog) { model.graphs[0].outputs = [ValueID(99)] }
  }

  @Test func whatThrowsLeavesTheModel() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 3], .float32)
    let output = graphs.convolution(x, outputs: 8)
    let model = graphs.model(outputs: [output])
    var (result, log) = (model, PassLog())
    #expect(throws: PassError(pass: "halfway", reason: "it cannot go on")) {
      try Halfway().run(on: &result, log: &log)
    }
    #expect(result.isSame(as: model))
    #expect(
      throws: PassError(
        pass: "break", place: "subgraph 0",
        reason: "left a broken model, which is a bug: an input or output is tensor 99, which does not exist")
    ) { try Break().run(on: &result, log: &log) }
    #expect(result.isSame(as: model))
    result.graphs[0].outputs = [ValueID(98)]
    #expect(
      throws: PassError(
        pass: "break", place: "subgraph 0",
        reason: "an input or output is tensor 98, which does not exist (before the pass)")
    ) { try Break().run(on: &result, log: &log) }
  }
}

import Datasets
import Execution
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Quantization of operators with state: SVDF and resource variables.
@Suite struct QuantizeStateTests {
  private func ownModel(_ name: String) throws -> String {
    try #require(OwnModels.paths.first { $0.hasSuffix("/\(name).tflite") })
  }

  private func quantized(
    _ float: Model, _ change: (inout QuantizeIntegers.Options) -> Void = { _ in }
  ) throws -> (model: Model, log: PassLog, sqnr: Double) {
    var options = QuantizeIntegers.Options()
    options.isSequence = true
    change(&options)
    var model = float
    var log = PassLog()
    let samples = try SampleSet.random(for: float, count: 24, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    let read = try ModelFile.parse(ModelFile.serialize(model), name: "quantized")
    #expect(GraphVerifier(.longConstants).firstProblem(in: read) == nil)
    let test = try SampleSet.random(for: float, alike: read, count: 30, seed: 2)
    let other = try SampleSet.random(for: read, alike: float, count: 30, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(read))
      .run(test, other, runner: ParallelRunner(isSequence: true))
    return (read, log, result.outputs[0].difference.sqnrDb)
  }

  private func svdf(activation: Int64, behind code: BuiltinOperator? = nil) -> Model {
    var builder = RuleModelBuilder([1, 8])
    let state = builder.value("state", [1, 24], isVariable: true)
    let y = builder.value("y", [1, 3])
    let operands = [
      builder.x, builder.floats("feature", [6, 8]), builder.floats("time", [6, 4]), builder.floats("b", [3]),
      state,
    ]
    builder.node(
      .svdf, 6, operands, [y], "SVDFOptions", [("rank", 2), ("fused_activation_function", activation)])
    guard let code else { return builder.finish([y]) }
    let z = builder.value("z", [1, 6])
    let less = builder.value("less", [1, 3])
    builder.node(.sub, 28, [y, builder.floats("one", [1], [1])], [less], "SubOptions")
    builder.node(code, 10, [y, less], [z], "ConcatenationOptions", [("axis", 1)])
    return builder.finish([z])
  }

  @Test(arguments: [Int64(0), 1]) func svdfBecomesAnIntegerOne(activation: Int64) throws {
    let (model, _, sqnr) = try quantized(svdf(activation: activation))
    let graph = model.graphs[0]
    let node = try #require(graph.nodes.last)
    let types = node.inputs.compactMap { $0.map { graph[$0].elementType } }
    #expect(types == [.int8, .int8, .int16, .int32, .int16])
    #expect(node.code.version == 3)
    #expect(sqnr > 25)
    let state = graph[try #require(node.inputs[4])].quantization?.scales?.first
    let time = graph[try #require(node.inputs[2])].quantization?.scales?.first
    let bias = graph[try #require(node.inputs[3])].quantization?.scales?.first
    #expect(bias == (state ?? 0) * (time ?? 0))
  }

  /// The stored numbers of an operand are those nearest to the real ones.
  private func expectNearest(_ position: Int, of code: BuiltinOperator, _ float: Model, _ model: Model) throws
  {
    let before = try #require(float.graphs[0].nodes.first { $0.code.builtin == code }?.inputs[position])
    let after = try #require(model.graphs[0].nodes.first { $0.code.builtin == code }?.inputs[position])
    let stored = model.graphs[0][after]
    let scale = Double(try #require(stored.quantization?.scales?.first))
    let reals = float.graphs[0][before].data.elements(Float.self)
    #expect(!reals.isEmpty)
    #expect(
      stored.data.elements(Int32.self)
        == reals.map { Int32((Double($0) / scale).rounded(.toNearestOrAwayFromZero)) })
  }

  @Test func biasesOfAnSVDFAreTheNearest() throws {
    let float = svdf(activation: 0)
    try expectNearest(3, of: .svdf, float, quantized(float).model)
  }

  @Test(arguments: 12..<16) func biasesOfAnLSTMAreTheNearest(position: Int) throws {
    let float = try #require(RuleModel.all.first { $0.name.hasSuffix("LSTM") }).model
    try expectNearest(position, of: .unidirectionalSequenceLSTM, float, quantized(float).model)
  }

  @Test func reluOfAnSVDFKeepsItsZeroPoint() throws {
    let (model, _, sqnr) = try quantized(svdf(activation: 1, behind: .concatenation))
    let graph = model.graphs[0]
    let node = try #require(graph.nodes.first { $0.code.builtin == .svdf })
    #expect(graph[node.outputs[0]].quantization?.zeroPoints == [-128])
    #expect(graph.nodes.contains { $0.code.builtin == .quantize })
    #expect(sqnr > 25)
  }

  @Test func variablesShareTheirScaleWithWhatIsReadAndWritten() throws {
    let float = try ModelFile.read(path: ownModel("streaming_float32"))
    let (model, log, sqnr) = try quantized(float)
    #expect(log.refusals.isEmpty)
    let graph = model.graphs[0]
    #expect(!graph.values.contains { $0.elementType == .float32 })
    #expect(!model.graphs[1].values.contains { $0.elementType == .float32 })
    var scales: [String: Set<Float>] = [:]
    for graph in model.graphs {
      var names: [ValueID: String] = [:]
      for node in graph.nodes {
        switch node.code.builtin {
        case .varHandle: names[node.outputs[0]] = node.attributes.string("shared_name")
        case .readVariable, .assignVariable:
          let value = node.code.builtin == .readVariable ? node.outputs[0] : try #require(node.inputs[1])
          let name = try #require(node.inputs[0].flatMap { names[$0] })
          scales[name, default: []].formUnion(graph[value].quantization?.scales ?? [])
        default: break
        }
      }
    }
    #expect(scales.count == 2 && scales.values.allSatisfy { $0.count == 1 })
    #expect(sqnr > 20, "\(sqnr)")
  }

  @Test func wideVariablesToo() throws {
    let float = try ModelFile.read(path: ownModel("streaming_float32"))
    let (model, _, sqnr) = try quantized(float) { $0.scheme = .int16x8 }
    #expect(!model.graphs[0].values.contains { $0.elementType == .float32 })
    #expect(sqnr > 30, "\(sqnr)")
  }

  /// x + v becomes v; a called graph halves v through the handle that it is given, or nobody else touches it.
  private func accumulator(isShared: Bool) -> Model {
    var builder = RuleModelBuilder([1, 4])
    let handle = builder.value("handle", [1], .resource)
    let (old, sum) = (builder.value("old", [1, 4]), builder.value("sum", [1, 4]))
    builder.node(.varHandle, 111, [], [handle], "VarHandleOptions")
    builder.node(.readVariable, 112, [handle], [old], "ReadVariableOptions")
    builder.node(.add, 11, [builder.x, old], [sum], "AddOptions")
    builder.node(.assignVariable, 113, [handle, sum], [], "AssignVariableOptions")
    let half = builder.value("out", [1, 4])
    if isShared { builder.node(.call, 16, [handle], [half], "CallOptions", [("subgraph", 1)]) }
    var called = GraphBuilder()
    let inner = called.input("handle", [1], .resource)
    let (value, result) = (called.value("value", [1, 4], .float32), called.value("tanh", [1, 4], .float32))
    called.node(.readVariable, [inner], [value])
    called.node(.tanh, [value], [result])
    called.node(.assignVariable, [inner, result], [])
    called.outputs([result])
    var model = builder.finish(isShared ? [sum, half] : [sum])
    let name = Record("VarHandleOptions", [.init(name: "shared_name", value: .string("v"))])
    model.graphs[0].nodes[1].options?.record = name
    if isShared { model.graphs.append(called.graph) }
    return model
  }

  @Test func variablesWhoseHandleGoesElsewhereStayFloat() throws {
    let options: (inout QuantizeIntegers.Options) -> Void = { $0.allowsFloatFallback = true }
    let alone = try quantized(accumulator(isShared: false), options)
    #expect(alone.log.refusals.isEmpty)
    #expect(alone.model.graphs[0].nodes.filter { $0.code.builtin == .add }.count == 1)
    let shared = try quantized(accumulator(isShared: true), options)
    let reads = shared.log.refusals.filter { $0.sentence.contains("is also read or written elsewhere") }
    #expect(reads.count == 2)
    #expect(shared.sqnr > 20, "\(shared.sqnr)")
  }

  @Test func graphsOfCallsStayFloat() throws {
    let float = accumulator(isShared: true)
    let shared = try quantized(float) { $0.allowsFloatFallback = true }
    #expect(shared.log.refusals.contains { $0.sentence.contains("the subgraphs that it calls stay float") })
    let before = float.graphs[1].values.map(\.elementType)
    #expect(shared.model.graphs[1].values.map(\.elementType) == before)
  }

  /// A gated unit that TensorFlow's converter has written as a loop.
  @Test(arguments: QuantizeIntegers.Scheme.allCases)
  func bodiesOfLoopsBecomeInteger(scheme: QuantizeIntegers.Scheme) throws {
    let float = try ModelFile.read(path: ownModel("while_float32"))
    let (model, log, sqnr) = try quantized(float) {
      $0.scheme = scheme
      $0.isSequence = false
    }
    #expect(log.refusals.map(\.rule) == [FuseLoopedLSTM.name])
    #expect(!model.graphs.contains { graph in graph.values.contains { $0.elementType == .float32 } })
    #expect(sqnr > (scheme == .int8 ? 30 : 40), "\(sqnr)")
    let loop = try #require(model.graphs[0].nodes.first { $0.code.builtin == .while })
    let ports =
      [model.graphs[0].value(loop.inputs), model.graphs[0].value(loop.outputs)]
      + loop.calledGraphs.map { model.graphs[$0.index].value(model.graphs[$0.index].inputs) }
      + [model.graphs[2].value(model.graphs[2].outputs)]
    for stored in ports {
      #expect(stored.map(\.elementType) == ports[0].map(\.elementType))
      #expect(stored.map(\.quantization?.scales) == ports[0].map(\.quantization?.scales))
      #expect(stored.map(\.quantization?.zeroPoints) == ports[0].map(\.quantization?.zeroPoints))
    }
  }
}

extension Graph {
  fileprivate func value(_ ids: [ValueID?]) -> [Value] { ids.compactMap { $0.map { self[$0] } } }
}

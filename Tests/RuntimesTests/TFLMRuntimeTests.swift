import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct TFLMRuntimeTests {
  @Test func kindsAddUpToTheTail() throws {
    let prediction = try TFLMRuntime(.host).predict(Self.model)
    #expect(prediction.headBytes == 256)
    #expect(prediction.tail.evalTensorBytes == 2 * 24)
    #expect(prediction.tail.nodeBytes == 64)
    #expect(prediction.tail.persistentTensorBytes == 2 * 64)
    #expect(prediction.tail.variableBytes == 0)
    #expect(prediction.totalBytes == prediction.headBytes + prediction.tailBytes)
    #expect(prediction.smallestArenaBytes % 16 == 0)
    #expect(prediction.smallestArenaBytes >= prediction.totalBytes)
    #expect(prediction.unknownOperators.isEmpty)
  }

  @Test func buffersNameTheirTensors() throws {
    let prediction = try TFLMRuntime(.host).predict(Self.model)
    #expect(
      prediction.buffers.map(\.owner) == [.value(GraphID(0), ValueID(0)), .value(GraphID(0), ValueID(1))])
    #expect(prediction.buffers.map(\.offset) == [128, 0])
    #expect(prediction.buffers.map(\.size) == [128, 128])
  }

  @Test func aPlanIsObeyed() throws {
    let plan = OfflinePlan(offsets: [0, 64])
    let prediction = try TFLMRuntime(.host).predict(Self.model, plan: plan)
    #expect(prediction.buffers.map(\.offset) == [0, 64])
    #expect(prediction.headBytes == 192)
  }

  @Test func aPlanThatLeavesEverythingIsNone() throws {
    let plan = OfflinePlan(leavingAllOf: Self.model)
    #expect(try TFLMRuntime(.host).predict(Self.model, plan: plan).headBytes == 256)
  }

  @Test func smallTargetsNeedLess() throws {
    let host = try TFLMRuntime(.host).predict(Self.model)
    let device = try TFLMRuntime(.cortexM(.cmsisNN)).predict(Self.model)
    #expect(device.headBytes == host.headBytes)
    #expect(device.tailBytes < host.tailBytes)
  }

  @Test func unknownOperatorsAreNamed() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 128])
    builder.node(.custom, [input], [builder.value("y", [1, 128])], customName: "Mystery")
    let prediction = try TFLMRuntime(.host).predict(Model(graphs: [builder.graph]))
    #expect(prediction.unknownOperators == ["Mystery"])
  }

  @Test func hugeTensorsAreRefused() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1 << 16, 1 << 16])
    builder.node(.relu, [input], [builder.value("y", [1])])
    #expect(throws: TFLMRuntimeError.tensorTooLarge(GraphID(0), input)) {
      try TFLMRuntime(.host).predict(Model(graphs: [builder.graph]))
    }
  }

  @Test func tensorsThatAreTooManyTogetherAreRefused() {
    var builder = GraphBuilder()
    let inputs = [builder.input("x", [1 << 15, 1 << 15]), builder.input("y", [1 << 15, 1 << 15])]
    builder.node(.add, inputs, [builder.value("z", [1 << 15, 1 << 15])])
    #expect(throws: TFLMRuntimeError.arenaTooLarge) {
      try TFLMRuntime(.host).predict(Model(graphs: [builder.graph]))
    }
  }

  @Test func callsBeyondTheLimitsAreRefused() throws {
    let limit = CallTree.depthLimit
    let deep = Self.calls(.callOnce, ["init_subgraph_index"], graphs: limit + 1)
    #expect(throws: Self.unfit("subgraphs call each other more than 64 deep")) {
      try TFLMRuntime(.host).predict(deep)
    }
    _ = try TFLMRuntime(.host).predict(Self.calls(.callOnce, ["init_subgraph_index"], graphs: limit))
    let wide = Self.calls(.while, ["cond_subgraph_index", "body_subgraph_index"], graphs: 40)
    #expect(throws: Self.unfit("the calls of subgraphs unfold to more than 1000000 operators")) {
      try TFLMRuntime(.host).predict(wide)
    }
  }

  private static func unfit(_ reason: String) -> TFLMRuntimeError {
    .invalidModel(GraphVerifier.Problem(place: .model, reason: reason))
  }

  /// Graphs of one operator each, which calls the next graph.
  private static func calls(_ builtin: BuiltinOperator, _ fields: [String], graphs: Int) -> Model {
    Model(
      graphs: (0..<graphs).map { index in
        var builder = GraphBuilder()
        let x = builder.input("x", [4])
        let next = fields.map { Record.Field(name: $0, value: .integer(Int64(index + 1))) }
        let isLast = index + 1 == graphs
        builder.node(
          isLast ? .relu : builtin, [x], [builder.value("y", [4])], options: isLast ? nil : Record("", next))
        return builder.graph
      })
  }

  private static var model: Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 128])
    let output = builder.value("y", [1, 128])
    builder.node(.relu, [input], [output])
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }
}

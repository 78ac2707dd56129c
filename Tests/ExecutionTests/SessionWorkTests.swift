import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Execution

/// Loops and calls have one budget together, whatever they are made of.
@Suite struct SessionWorkTests {
  private func fields(_ names: [String: Int64]) -> Record {
    Record("", names.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .integer($0.value)) })
  }

  private func graph(_ builtin: BuiltinOperator, _ options: Record? = nil, elements: Int32 = 1) -> Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", [elements], .float32)
    let y = builder.value("y", [elements], builtin == .equal ? .bool : .float32)
    builder.node(builtin, builtin == .equal ? [x, x] : [x], [y], options: options)
    builder.outputs([y])
    return builder.graph
  }

  private func loop(_ body: Int64) -> Record {
    fields(["cond_subgraph_index": 1, "body_subgraph_index": body])
  }

  private func run(_ model: Model, limit: Int, inputBytes: Int = 4) throws {
    let session = Session(try Interpreter(model))
    session.turnLimit = limit
    for _ in 0..<2 { _ = try session.run([[UInt8](repeating: 0, count: inputBytes)]) }
  }

  /// Whether a run ends because it is taken for endless, at an operator of one of the names.
  private func isEndless(_ model: Model, at names: String..., limit: Int, inputBytes: Int = 4) throws -> Bool
  {
    do {
      try run(model, limit: limit, inputBytes: inputBytes)
      return false
    } catch ExecutionError.node(_, _, let name, .unsupported(let reason)) where names.contains(name) {
      return reason.contains("do not end within \(limit) steps of one run")
    }
  }

  @Test func memoryIsLimitedOnEveryMachineAlike() throws {
    _ = try Interpreter(Model(graphs: [graph(.neg, elements: 1 << 26)]))
    let reason = "its tensors need 536871424 bytes; nnopt runs models whose tensors need at most 536870912"
    #expect(throws: ExecutionError.invalidModel(reason)) {
      try Interpreter(Model(graphs: [graph(.neg, elements: 1 << 26 + 64)]))
    }
  }

  @Test func anEndlessLoopEnds() throws {
    let model = Model(graphs: [graph(.while, loop(2)), graph(.equal), graph(.neg)])
    #expect(try isEndless(model, at: "WHILE", limit: 1_000_000))
  }

  @Test func loopsInLoopsShareTheBudget() throws {
    let model = Model(graphs: [
      graph(.while, loop(2)), graph(.equal), graph(.while, loop(3)), graph(.while, loop(4)), graph(.neg),
    ])
    #expect(try isEndless(model, at: "WHILE", limit: 1_000_000))
  }

  @Test func callsInLoopsShareTheBudget() throws {
    let model = Model(graphs: [
      graph(.while, loop(2)), graph(.equal), graph(.call, fields(["subgraph": 3])), graph(.neg),
    ])
    #expect(try isEndless(model, at: "WHILE", "CALL", limit: 1_000_000))
  }

  /// A graph that is called so many times.
  private func calls(_ count: Int, of called: Graph, elements: Int32) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [elements], .float32)
    let outputs = (0..<count).map { number in
      let y = builder.value("y\(number)", [elements], .float32)
      builder.node(.call, [x], [y], options: fields(["subgraph": 1]))
      return y
    }
    builder.outputs(outputs)
    return Model(graphs: [builder.graph, called])
  }

  @Test func theFirstCallOfAGraphIsFree() throws {
    try run(calls(1, of: graph(.neg), elements: 1), limit: 0)
    #expect(try isEndless(calls(2, of: graph(.neg), elements: 1), at: "CALL", limit: 0))
  }

  @Test func everyRunHasABudgetOfItsOwn() throws {
    let work = try #require(try Interpreter(calls(2, of: graph(.neg), elements: 1)).graphs.last?.work)
    try run(calls(2, of: graph(.neg), elements: 1), limit: work)
    #expect(try isEndless(calls(2, of: graph(.neg), elements: 1), at: "CALL", limit: work - 1))
  }

  @Test func largeTensorsTakeMore() throws {
    let elements: Int32 = 1 << 16
    let model = calls(2, of: graph(.neg, elements: elements), elements: elements)
    #expect(try isEndless(model, at: "CALL", limit: 3 << 19 - 1, inputBytes: 1 << 18))
    try run(model, limit: 3 << 19 + 10_000, inputBytes: 1 << 18)
  }

  @Test func productsCountAsWork() throws {
    var builder = GraphBuilder()
    let a = builder.input("a", [1 << 14, 1 << 14], .float32)
    let y = builder.value("y", [1 << 14, 1 << 14], .float32)
    builder.node(.batchMatMul, [a, a], [y])
    builder.outputs([y])
    #expect(throws: ExecutionError.self) { try Interpreter(Model(graphs: [builder.graph])) }
  }

  @Test func windowsOfPoolsCountAsWork() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 2048, 2048, 1], .int8)
    let y = builder.value("y", [1, 2048, 2048, 1], .int8)
    builder.node(
      .maxPool2D, [x], [y],
      options: fields(["filter_height": 2048, "filter_width": 2048, "stride_h": 1, "stride_w": 1]))
    builder.outputs([y])
    #expect(throws: ExecutionError.self) { try Interpreter(Model(graphs: [builder.graph])) }
  }

  @Test func treesOfCallsAreRefusedBeforeTheyRun() {
    let graphs = (0..<31).map { index in
      var builder = GraphBuilder()
      let x = builder.input("x", [1], .float32)
      let y = builder.value("y", [1], .float32)
      let options = fields(["subgraph": Int64(index + 1)])
      if index < 30 {
        builder.node(.call, [x], [y], options: options)
        builder.node(.call, [x], [builder.value("z", [1], .float32)], options: options)
      } else {
        builder.node(.neg, [x], [y])
      }
      builder.outputs([y])
      return builder.graph
    }
    #expect(
      throws: ExecutionError.invalidModel(
        "model: the calls of subgraphs unfold to more than 1000000 operators")
    ) {
      try Interpreter(Model(graphs: graphs))
    }
  }

  /// A loop that counts to a number, one that the model reads if there is none.
  private func counting(to turns: Int32? = nil) -> Model {
    var main = GraphBuilder()
    let input = main.input("limit", [1], .int32)
    let limit = turns.map { main.constant("turns", [1], .int32, bytes: [$0].littleEndianBytes) } ?? input
    let zero = main.constant("zero", [1], .int32, bytes: [Int32(0)].littleEndianBytes)
    let ends = ["i", "l"].map { main.value($0, [1], .int32) }
    main.node(.while, [zero, limit], ends, options: loop(2))
    main.outputs([ends[0]])
    var condition = GraphBuilder()
    let inputs = ["i", "l"].map { condition.input($0, [1], .int32) }
    let isLess = condition.value("less", [1], .bool)
    condition.node(.less, inputs, [isLess])
    condition.outputs([isLess])
    var body = GraphBuilder()
    let carried = ["i", "l"].map { body.input($0, [1], .int32) }
    let one = body.constant("one", [1], .int32, bytes: [Int32(1)].littleEndianBytes)
    let next = body.value("next", [1], .int32)
    body.node(.add, [carried[0], one], [next])
    body.outputs([next, carried[1]])
    return Model(graphs: [main.graph, condition.graph, body.graph])
  }

  /// What a loop takes depends on a number of the input: many turns are refused, some are run, and counted.
  @Test func turnsAreCounted() throws {
    let session = Session(try Interpreter(counting()))
    var spent: [Int] = []
    for turns in [10, 20, 30] as [Int32] {
      #expect(try session.run([[turns].littleEndianBytes]) == [[turns].littleEndianBytes])
      spent.append(session.workSpent)
    }
    #expect(spent[1] - spent[0] == spent[2] - spent[1] && spent[1] > spent[0])
    #expect(throws: ExecutionError.self) { try session.run([[Int32.max].littleEndianBytes]) }
  }

  @Test func longLoopsGetFewerSamples() throws {
    let session = Session(try Interpreter(counting(to: 1000)))
    _ = try session.run([[0, 0, 0, 0]])
    #expect(RandomSampleCount.of(counting(to: 1000), atMost: 100) == 100)
    let turns = 240_000_000 / (session.workSpent / 1000)
    #expect(RandomSampleCount.of(counting(to: Int32(turns)), atMost: 100) < 80)
  }
}

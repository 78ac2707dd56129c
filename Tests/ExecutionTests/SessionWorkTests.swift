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
    session.workLimit = limit
    for _ in 0..<2 { _ = try session.run([[UInt8](repeating: 0, count: inputBytes)]) }
  }

  private func endless(_ limit: Int) -> ExecutionError {
    .invalidModel(
      "loops and calls do not end within the work of \(limit) operators; nnopt takes them for endless")
  }

  @Test func anEndlessLoopEnds() {
    let model = Model(graphs: [graph(.while, loop(2)), graph(.equal), graph(.neg)])
    #expect(throws: endless(5_000)) { try run(model, limit: 5_000) }
  }

  @Test func loopsInLoopsShareTheBudget() {
    let model = Model(graphs: [
      graph(.while, loop(2)), graph(.equal), graph(.while, loop(3)), graph(.while, loop(4)), graph(.neg),
    ])
    #expect(throws: endless(5_000)) { try run(model, limit: 5_000) }
  }

  @Test func callsInLoopsShareTheBudget() {
    let model = Model(graphs: [
      graph(.while, loop(2)), graph(.equal), graph(.call, fields(["subgraph": 3])), graph(.neg),
    ])
    #expect(throws: endless(5_000)) { try run(model, limit: 5_000) }
  }

  @Test func everyRunHasABudgetOfItsOwn() throws {
    let model = Model(graphs: [graph(.call, fields(["subgraph": 1])), graph(.neg)])
    try run(model, limit: 2)
    #expect(throws: endless(1)) { try run(model, limit: 1) }
  }

  @Test func largeTensorsTakeMore() throws {
    let elements: Int32 = 1 << 16
    let model = Model(graphs: [
      graph(.call, fields(["subgraph": 1]), elements: elements), graph(.neg, elements: elements),
    ])
    try run(model, limit: 10, inputBytes: 1 << 18)
    #expect(throws: endless(9)) { try run(model, limit: 9, inputBytes: 1 << 18) }
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
}

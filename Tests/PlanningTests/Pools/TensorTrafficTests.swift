import GraphIR
import MemoryPlanning
import Testing
import _TestSupport

@testable import Planning

@Suite struct TensorTrafficTests {
  private func traffic(_ model: Model) throws -> [[Int]] {
    let planner = try Arranger(model, for: IdealRuntime())
    let orders = model.graphs.map { Array($0.nodes.indices) }
    return try TensorTraffic(model, along: planner.arena(planner.graphs(in: orders)).timeline).bytes
  }

  @Test func writersAndReadersCountOnceEach() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [10])
    let y = builder.value("y", [20])
    let z = builder.value("z", [30])
    builder.node(.relu, [x], [y])
    builder.node(.add, [y, y], [z])
    builder.node(.concatenation, [x, y, z], [builder.value("w", [60])])
    builder.outputs([z])
    #expect(try traffic(Model(graphs: [builder.graph])) == [[20, 60, 60, 60]])
  }

  @Test func callsWriteInputsAndReadOutputs() throws {
    var body = GraphBuilder()
    let carried = body.input("i", [8])
    let next = body.value("n", [8])
    body.node(.relu, [carried], [next])
    body.outputs([next])
    var condition = GraphBuilder()
    let tested = condition.input("i", [8])
    let flag = condition.value("f", [1], .bool)
    condition.node(.less, [tested, tested], [flag])
    condition.outputs([flag])
    var main = GraphBuilder()
    let input = main.input("x", [8])
    let result = main.value("r", [8])
    let options = Record(
      "WhileOptions",
      [
        .init(name: "cond_subgraph_index", value: .integer(1)),
        .init(name: "body_subgraph_index", value: .integer(2)),
      ])
    main.node(.while, [input], [result], options: options)
    main.outputs([result])
    let model = Model(graphs: [main.graph, condition.graph, body.graph])
    #expect(try traffic(model) == [[8, 8], [16, 2], [16, 16]])
  }

  @Test func absurdTrafficIsRefused() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1 << 30, 1 << 28])
    builder.node(.relu, [x], [builder.value("y", [1])])
    let model = Model(graphs: [builder.graph])
    #expect(throws: PlanningError.self) { try traffic(model) }
  }
}

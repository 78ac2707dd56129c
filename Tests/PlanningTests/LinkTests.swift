import GraphIR
import MemoryPlanning
import Testing
import _TestSupport

@testable import Planning

/// Buffers of different graphs that a runtime lets share bytes.
@Suite struct LinkTests {
  /// The tensors alone, with links between graphs.
  private struct Linked: Runtime {
    let links: [Demands.Link]
    private let ideal = IdealRuntime()

    init(_ links: [Demands.Link]) { self.links = links }

    var alignment: Int { ideal.alignment }
    var obeysOffsets: Bool { true }

    func demands(of model: Model) -> Demands {
      var demands = ideal.demands(of: model)
      demands.links = links
      return demands
    }

    func written(_ plan: Plan, into model: Model) -> Model { ideal.written(plan, into: model) }

    func charge(for model: Model, planned plan: Plan?) throws(PlanningError) -> Charge {
      try ideal.charge(for: model, planned: plan)
    }

    func faultOfOffsets(in model: Model) -> String? { nil }
  }

  /// y = IF(flag) { RELU(x) } else { ABS(x) } on 64 bytes.
  private func model() -> Model {
    func branch(_ builtin: BuiltinOperator) -> Graph {
      var builder = GraphBuilder()
      let input = builder.input("in", [64])
      let output = builder.value("out", [64])
      builder.node(builtin, [input], [output])
      builder.outputs([output])
      return builder.graph
    }
    var main = GraphBuilder()
    let flag = main.input("flag", [1], .bool)
    let x = main.input("x", [64])
    let y = main.value("y", [64])
    let options = Record(
      "IfOptions",
      [
        .init(name: "then_subgraph_index", value: .integer(1)),
        .init(name: "else_subgraph_index", value: .integer(2)),
      ])
    main.node(.if, [flag, x], [y], options: options)
    main.outputs([y])
    return Model(graphs: [main.graph, branch(.relu), branch(.abs)])
  }

  private func tensor(_ graph: Int, _ value: Int) -> Plan.Content { .tensor(GraphID(graph), ValueID(value)) }

  @Test func operandsMayLieOnTheInputsOfTheGraphsTheyGoTo() throws {
    let links = [
      Demands.Link(tensor(1, 0), tensor(0, 1), .equal), Demands.Link(tensor(2, 0), tensor(0, 1), .equal),
    ]
    let apart = try Planner(for: Linked([])).plan(model())
    let linked = try Planner(for: Linked(links)).plan(model())
    func offset(_ content: Plan.Content) -> Int? { linked.buffers.first { $0.content == content }?.offset }
    #expect(linked.arenaBytes == apart.arenaBytes - 64)
    #expect(offset(tensor(1, 0)) == offset(tensor(0, 1)))
    #expect(offset(tensor(2, 0)) == offset(tensor(0, 1)))
  }

  @Test func linksToWhatTakesNoMemoryAreIgnored() throws {
    let link = Demands.Link(tensor(1, 0), tensor(5, 9), .equal)
    let apart = try Planner(for: Linked([])).plan(model())
    #expect(try Planner(for: Linked([link])).plan(model()).arenaBytes == apart.arenaBytes)
  }
}

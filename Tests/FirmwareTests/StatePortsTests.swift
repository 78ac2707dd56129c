import Planning
import Testing
import _TestSupport

@testable import Firmware
@testable import GraphIR

@Suite struct StatePortsTests {
  private func graph(_ inputs: [String], _ outputs: [String], shape: [Int32] = [1, 64]) -> Graph {
    var builder = GraphBuilder()
    let values = inputs.map { builder.input($0, shape, .float32) }
    let results = outputs.map { builder.value($0, shape, .float32) }
    for (index, result) in results.enumerated() {
      builder.node(.neg, [values[index % values.count]], [result])
    }
    builder.outputs(results)
    return builder.graph
  }

  @Test(arguments: [
    (["audio", "state_h", "state_c"], ["out", "state_h_out", "state_c_out"], [1, 1, 2, 2]),
    (["h_in", "x"], ["y", "h_out"], [0, 1]), (["x"], ["next_x"], [0, 0]),
    (["serving_default_h:0"], ["new_h"], [0, 0]), (["x"], ["y"], []), (["x"], ["x_out", "out_x"], []),
  ])
  func namesTellPairs(inputs: [String], outputs: [String], pairs: [Int]) {
    #expect(StatePorts(graph(inputs, outputs)).pairs.flatMap { [$0.input, $0.output] } == pairs)
  }

  @Test func portsOfOtherShapesAreNoPair() {
    var graph = graph(["h_in"], ["h_out"])
    graph.values[1].dimensions = [1, 32]
    #expect(StatePorts(graph).pairs.isEmpty)
  }

  /// Input 0 of the first pair lies where the second pair's output lies.
  @Test func copiesThatDestroyAreSaid() throws {
    let model = Model(graphs: [graph(["a", "b"], ["a_out", "b_out"])])
    let ports = StatePorts(model.graphs[0])
    var plan = try Planner(for: IdealRuntime()).plan(model)
    for index in plan.buffers.indices { plan.buffers[index].offset = 1024 * index }
    #expect(ports.warnings(for: plan, of: model).isEmpty)
    let position = { (value: Int32) in
      plan.buffers.firstIndex { $0.content == .tensor(GraphID(0), ValueID(Int(value))) }
    }
    let (input, output) = (try #require(position(0)), try #require(position(3)))
    plan.buffers[output].offset = plan.buffers[input].offset + 16
    let warnings = ports.warnings(for: plan, of: model)
    #expect(warnings.count == 1)
    #expect(warnings.first?.place == "input 0 ('a')")
    #expect(warnings.first?.isRefusal == false)
  }
}

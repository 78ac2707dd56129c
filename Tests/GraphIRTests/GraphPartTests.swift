import GraphIR
import Tensors
import Testing
import _TestSupport

@Suite struct GraphPartTests {
  @Test func nodesComeWithTheirValuesAlone() {
    var builder = GraphBuilder()
    let x = builder.input("x", [4])
    let w = builder.constant("w", [4])
    let (a, b) = (builder.value("a", [4]), builder.value("b", [4]))
    let scratch = builder.value("scratch", [1])
    builder.node(.relu, [x], [a])
    builder.node(.add, [a, w, nil], [b])
    builder.outputs([b])
    let graph = builder.graph
    var node = graph.nodes[1]
    node.intermediates = [scratch, nil]
    let part = Graph([node], of: graph, inputs: [a], outputs: [b])
    #expect(part.values.map(\.name) == ["a", "w", "b", "scratch"])
    #expect(part.nodes[0].inputs == [ValueID(0), ValueID(1), nil])
    #expect(part.nodes[0].outputs == [ValueID(2)])
    #expect(part.nodes[0].intermediates == [ValueID(3), nil])
    #expect(part.inputs == [ValueID(0)])
    #expect(part.outputs == [ValueID(2)])
  }
}

import GraphIR
import Testing
import _TestSupport

@Suite struct GraphTests {
  @Test func operatorsAndValuesHaveTitles() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1])
    builder.node(.conv2D, [input], [])
    builder.node(.custom, [input], [], customName: "Mine")
    #expect(builder.graph.title(of: NodeID(0)) == "operator 0 (CONV_2D)")
    #expect(builder.graph.title(of: NodeID(1)) == "operator 1 (Mine)")
    #expect(builder.graph.title(of: input) == "tensor 0 'x'")
  }
}

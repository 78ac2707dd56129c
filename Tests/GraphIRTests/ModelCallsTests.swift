import GraphIR
import Testing
import _TestSupport

@Suite struct ModelCallsTests {
  @Test func calledGraphsComeFirst() {
    func calling(_ condition: Int64, _ body: Int64) -> Graph {
      var builder = GraphBuilder()
      let options = Record(
        "WhileOptions",
        [
          .init(name: "cond_subgraph_index", value: .integer(condition)),
          .init(name: "body_subgraph_index", value: .integer(body)),
        ])
      builder.node(.while, [], [], options: options)
      return builder.graph
    }
    let leaf = GraphBuilder().graph
    let model = Model(graphs: [calling(1, 2), leaf, calling(1, 3), leaf])
    #expect(model.callOrder.map(\.index) == [1, 3, 2, 0])
    #expect(model.graphs[0].nodes[0].calledGraphs.map(\.index) == [1, 2])
  }
}

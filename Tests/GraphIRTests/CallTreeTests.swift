import GraphIR
import Testing
import _TestSupport

@Suite struct CallTreeTests {
  /// Graphs that each hold so many calls of the next, and a last one of one operator.
  private func chain(_ count: Int, calls: Int) -> Model {
    let graphs = (0..<count).map { index in
      var builder = GraphBuilder()
      let x = builder.input("x", [1])
      if index == count - 1 { builder.node(.neg, [x], [builder.value("y", [1])]) }
      for _ in 0..<calls where index < count - 1 {
        let next = Record.Field(name: "subgraph", value: .integer(Int64(index + 1)))
        builder.node(.call, [x], [builder.value("y", [1])], options: Record("", [next]))
      }
      return builder.graph
    }
    return Model(graphs: graphs)
  }

  @Test func callsCountAtEachPlace() {
    let tree = CallTree(chain(3, calls: 2))
    #expect(tree.depths == [3, 2, 1])
    #expect(tree.operatorCounts == [2 + 2 * 4, 2 + 2 * 1, 1])
  }

  @Test func treesWithoutEndStopBeyondTheLimit() {
    #expect(CallTree(chain(40, calls: 2)).operatorCounts[0] == CallTree.operatorLimit + 1)
    #expect(CallTree(chain(1_000, calls: 1)).depths[0] == 1_000)
  }

  @Test func callsOfNothingCountNothing() {
    var builder = GraphBuilder()
    let nothing = Record.Field(name: "subgraph", value: .integer(7))
    builder.node(.call, [builder.input("x", [1])], [], options: Record("", [nothing]))
    let tree = CallTree(Model(graphs: [builder.graph]))
    #expect(tree.depths == [1])
    #expect(tree.operatorCounts == [1])
    #expect(CallTree(Model(graphs: [])).depths.isEmpty)
  }
}

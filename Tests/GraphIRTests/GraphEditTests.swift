import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct GraphEditTests {
  /// x → RELU → a → ABS → b → NEG → c
  private func chain() -> Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    let (a, b, c) = (
      builder.value("a", [4], .float32), builder.value("b", [4], .float32), builder.value("c", [4], .float32)
    )
    builder.node(.relu, [x], [a])
    builder.node(.abs, [a], [b])
    builder.node(.neg, [b], [c])
    builder.outputs([c])
    return builder.graph
  }

  @Test func removedNodeIsBypassedByARedirect() {
    var graph = chain()
    var edit = GraphEdit(of: graph, "ABS removed")
    edit.remove(NodeID(1))
    edit.redirect(ValueID(2), to: ValueID(1))
    graph.apply(edit)
    #expect(graph.nodes.map(\.code.name) == ["RELU", "NEG"])
    #expect(graph.nodes[1].inputs == [ValueID(1)])
    #expect(GraphVerifier().firstProblem(in: Model(graphs: [graph])) == nil)
  }

  @Test func redirectsFollowEachOther() {
    var graph = chain()
    var edit = GraphEdit(of: graph, "both removed")
    edit.remove(NodeID(0))
    edit.remove(NodeID(1))
    edit.redirect(ValueID(2), to: ValueID(1))
    edit.redirect(ValueID(1), to: ValueID(0))
    graph.apply(edit)
    #expect(graph.nodes.map(\.inputs) == [[ValueID(0)]])
  }

  @Test func addedValuesAndNodesStandWhereTheEditSays() {
    var graph = chain()
    var edit = GraphEdit(of: graph, "FLOOR inserted")
    let value = edit.add(Value(name: "d", dimensions: [4], elementType: .float32))
    edit.insert(Node(code: OperatorCode(.floor), inputs: [ValueID(1)], outputs: [value]), before: NodeID(1))
    var abs = graph.nodes[1]
    abs.inputs = [value]
    edit[NodeID(1)] = abs
    edit.insert(
      Node(code: OperatorCode(.round), inputs: [value], outputs: [edit.add(graph.values[0])]),
      before: NodeID(3))
    graph.apply(edit)
    #expect(graph.nodes.map(\.code.name) == ["RELU", "FLOOR", "ABS", "NEG", "ROUND"])
    #expect(graph.nodes[2].inputs == [ValueID(4)])
    #expect(graph.values.count == 6)
  }

  @Test func changedValueKeepsItsPlace() {
    var graph = chain()
    var edit = GraphEdit(of: graph, "shape")
    var value = graph.values[1]
    value.dimensions = [2, 2]
    edit[ValueID(1)] = value
    graph.apply(edit)
    #expect(graph.values[1].dimensions == [2, 2])
  }

  @Test func editSaysHowItLeavesThings() {
    let graph = chain()
    var edit = GraphEdit(of: graph)
    #expect(edit[ValueID(1)].name == "a")
    let added = edit.add(graph[ValueID(1)])
    edit[added].name = "d"
    edit[ValueID(1)].name = "e"
    edit[ValueID(1)].dimensions = [2, 2]
    edit[NodeID(0)].outputs = [added]
    #expect(edit[added].name == "d")
    #expect(edit[ValueID(1)].name == "e")
    #expect(edit[ValueID(1)].dimensions == [2, 2])
    #expect(edit[NodeID(0)].outputs == [added])
    #expect(edit.graph[ValueID(1)].name == "a")
    let result = graph.applying(edit)
    #expect(result.values.map(\.name) == ["x", "e", "b", "c", "d"])
    #expect(result.nodes[0].outputs == [added])
    #expect(graph.nodes[0].outputs == [ValueID(1)])
  }

  @Test func portsNameAndOrderChange() {
    let graph = chain()
    var edit = GraphEdit(of: graph)
    edit.name = "main"
    edit.debugMetadataIndex = 3
    edit.inputs = [ValueID(1)]
    edit.outputs = [ValueID(2), nil]
    edit.reorder([NodeID(2), NodeID(0), NodeID(1)])
    let result = graph.applying(edit)
    #expect(result.name == "main")
    #expect(result.debugMetadataIndex == 3)
    #expect(result.inputs == [ValueID(1)])
    #expect(result.outputs == [ValueID(2), nil])
    #expect(result.nodes.map(\.code.name) == ["NEG", "RELU", "ABS"])
  }

  @Test func anOrderThatLacksANodeIsABrokenInvariant() async {
    await #expect(processExitsWith: .failure) {
      var builder = GraphBuilder()
      let x = builder.input("x", [4])
      builder.node(.relu, [x], [builder.value("a", [4])])
      var edit = GraphEdit(of: builder.graph)
      edit.reorder([])
    }
  }

  @Test func anEditOfAnotherGraphIsABrokenInvariant() async {
    await #expect(processExitsWith: .failure) {
      var graph = Graph(nodes: [], values: [], inputs: [], outputs: [])
      let edit = GraphEdit(of: graph, "nothing")
      graph.values.append(Value(name: nil, dimensions: [1], elementType: .int8))
      graph.apply(edit)
    }
  }
}

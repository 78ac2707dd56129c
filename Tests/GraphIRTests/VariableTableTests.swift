import GraphIR
import Testing
import _TestSupport

@Suite struct VariableTableTests {
  private typealias Name = (container: String?, name: String)

  private func graph(_ names: [Name]) -> Graph {
    var builder = GraphBuilder()
    for name in names { _ = builder.variableHandle(name.name, container: name.container) }
    return builder.graph
  }

  /// The variable of each handle of one graph.
  private func numbers(_ names: [Name]) -> [Int?] {
    let model = Model(graphs: [graph(names)])
    let table = VariableTable(model)
    return model.graphs[0].nodes.map { table.variable(of: $0) }
  }

  @Test func handleWithoutContainerIsTheFirstOfItsName() {
    #expect(numbers([("c", "a"), ("d", "a"), (nil, "b"), (nil, "a"), ("d", "a")]) == [0, 1, 2, 0, 1])
    #expect(numbers([(nil, "a"), ("c", "a"), (nil, "a")]) == [0, 1, 0])
  }

  @Test func noContainerAndAnEmptyOneAreTheSame() {
    #expect(numbers([(nil, "a"), ("", "a")]) == [0, 0])
    #expect(numbers([("", "a"), (nil, "a")]) == [0, 0])
    #expect(numbers([("c", "a"), ("", "a"), (nil, "a")]) == [0, 1, 0])
  }

  @Test func graphsShareVariables() {
    let model = Model(graphs: [
      graph([("c", "a"), ("c", "b")]), graph([(nil, "b"), ("c", "a"), ("e", "f")]),
    ])
    let table = VariableTable(model)
    #expect(table.count == 3)
    #expect((0..<3).map { table.variable(through: ValueID($0), in: GraphID(1)) } == [1, 0, 2])
    #expect(table.variable(through: ValueID(2), in: GraphID(0)) == nil)
    #expect(table.variable(through: nil, in: GraphID(0)) == nil)
  }

  @Test func countsAreThoseOfVariablesAndOfNames() {
    let table = VariableTable(Model(graphs: [graph([("c", "a"), ("d", "a"), (nil, "a"), ("c", "b")])]))
    #expect(table.count == 3)
  }

  /// With a handle that has no container, the order of handles says which variable it is.
  @Test func namesWithAndWithoutContainersDependOnTheOrder() {
    let model = Model(graphs: [
      graph([("c", "a"), (nil, "b"), ("", "b"), ("c", "d"), ("e", "d")]), graph([(nil, "a")]),
    ])
    let table = VariableTable(model)
    #expect(model.graphs[0].nodes.map { table.ambiguousName(of: $0) } == ["a", nil, nil, nil, nil])
    #expect(table.ambiguousName(of: model.graphs[1].nodes[0]) == "a")
  }
}

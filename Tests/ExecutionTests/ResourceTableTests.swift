import GraphIR
import Testing
import _TestSupport

@testable import Execution

@Suite struct ResourceTableTests {
  @Test func contentsComeFromTheFirstAssignment() {
    let table = ResourceTable(SampleModels.variable(zeroPoint: 9))
    #expect(table.contents == [ResourceTable.Content(byteCount: 2, byte: 9)])
  }

  @Test func contentsAreThoseOfTheVariableThatAHandleStandsFor() {
    var builder = GraphBuilder()
    let first = builder.variableHandle("v", container: "c")
    let second = builder.variableHandle("v")
    let third = builder.variableHandle("w")
    builder.node(.assignVariable, [second, builder.input("x", [3])], [])
    builder.node(.assignVariable, [first, builder.input("y", [5])], [])
    builder.node(.readVariable, [third], [builder.value("z", [2])])
    let table = ResourceTable(Model(graphs: [builder.graph]))
    #expect(table.contents == [ResourceTable.Content(byteCount: 3, byte: 0), nil])
  }
}

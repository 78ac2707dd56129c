import GraphIR
import Testing
import _TestSupport

@testable import Execution

@Suite struct ResourceTableTests {
  private func attributes(_ container: String?, _ name: String) -> Record {
    var record = Record("", [.init(name: "shared_name", value: .string(name))])
    if let container { record["container"] = .string(container) }
    return record
  }

  @Test func handlesOfOneNameAreOneVariable() {
    var builder = GraphBuilder()
    for (container, name) in [("c", "a"), ("d", "a"), (nil, "b"), (nil, "a")] as [(String?, String)] {
      let handle = builder.value("h", [1], .resource)
      builder.node(.varHandle, [], [handle], options: attributes(container, name))
    }
    let table = ResourceTable(Model(graphs: [builder.graph]))
    #expect(table.contents.count == 3)
    #expect(table.number(of: attributes("d", "a")) == 1)
    #expect(table.number(of: attributes(nil, "a")) == 0)
    #expect(table.number(of: attributes("e", "a")) == nil)
  }

  @Test func contentsComeFromTheFirstAssignment() {
    let table = ResourceTable(SampleModels.variable(zeroPoint: 9))
    #expect(table.contents == [ResourceTable.Content(byteCount: 2, byte: 9)])
  }
}

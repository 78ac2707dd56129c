import GraphIR
import Planning
import Tensors
import Testing
import _TestSupport

@Suite struct ReorderOperatorsTests {
  private func model() -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    builder.node(.relu, [input], [builder.value("a", [4])])
    builder.node(.abs, [input], [builder.value("b", [4])])
    let entries = ["OfflineMemoryAllocation", "min_runtime_version"].map {
      Model.MetadataEntry(name: $0, data: TensorData([1]))
    }
    return Model(graphs: [builder.graph], metadata: entries)
  }

  @Test func nodesFollowTheOrderAndStalePlansGo() {
    var model = model()
    let dropped = ReorderOperators.apply([[NodeID(1), NodeID(0)]], to: &model)
    #expect(model.graphs[0].nodes.map(\.code.name) == ["ABS", "RELU"])
    #expect(dropped == ["OfflineMemoryAllocation"])
    #expect(model.metadata?.compactMap(\.name) == ["min_runtime_version"])
  }

  @Test func sameOrderChangesNothing() {
    var model = model()
    #expect(ReorderOperators.apply([[NodeID(0), NodeID(1)]], to: &model).isEmpty)
    #expect(model.metadata?.count == 2)
  }
}

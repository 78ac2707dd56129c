import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct ModelEditTests {
  /// x → RELU → y with a plan, an order and a version in its metadata.
  private func model() -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    let y = builder.value("y", [4], .float32)
    builder.node(.relu, [x], [y])
    builder.node(.neg, [x], [builder.value("z", [4], .float32)])
    builder.outputs([y])
    return Model(
      graphs: [builder.graph],
      metadata: ["OfflineMemoryAllocation", "model_control_dependencies", "min_runtime_version"].map {
        .init(name: $0, data: TensorData([1]))
      })
  }

  private func kept(_ change: (inout ModelEdit) -> Void) -> [String] {
    var model = model()
    var edit = ModelEdit(of: model)
    change(&edit)
    model.apply(edit)
    return (model.metadata ?? []).compactMap(\.name)
  }

  @Test func plansGoWhereNumbersOrderOrSizesChange() {
    let rest = ["min_runtime_version"]
    #expect(kept { $0.graphs[0].remove(NodeID(1)) } == rest)
    #expect(kept { $0.graphs[0].reorder([NodeID(1), NodeID(0)]) } == rest)
    #expect(kept { $0.graphs[0][NodeID(1)].inputs = [ValueID(1)] } == rest)
    #expect(kept { $0.graphs[0].redirect(ValueID(0), to: ValueID(1)) } == rest)
    #expect(kept { $0.graphs[0].outputs = [ValueID(2)] } == rest)
    #expect(kept { $0.graphs[0][ValueID(2)].elementType = .int8 } == rest)
    #expect(kept { $0.graphs[0][ValueID(2)].dimensions = [3] } == rest)
    #expect(kept { $0.graphs[0][ValueID(2)].data = TensorData([1]) } == rest)
    #expect(kept { _ = $0.graphs[0].add($0.graphs[0][ValueID(2)]) } == rest)
  }

  @Test func plansStayWhereTheyFit() {
    let all = ["OfflineMemoryAllocation", "model_control_dependencies", "min_runtime_version"]
    #expect(kept { _ in } == all)
    #expect(kept { $0.graphs[0].reorder([NodeID(0), NodeID(1)]) } == all)
    #expect(kept { $0.graphs[0][ValueID(1)].name = nil } == all)
    #expect(kept { $0.graphs[0].name = "main" } == all)
    #expect(kept { $0.description = "same plan" } == all)
  }

  @Test func planOfTheEditStays() {
    let names = kept {
      $0.graphs[0].remove(NodeID(1))
      $0.setMetadata("OfflineMemoryAllocation", [2])
    }
    #expect(names == ["min_runtime_version", "OfflineMemoryAllocation"])
  }

  @Test func newMetadataTakeThePlaceOfOldOnes() {
    var model = model()
    model.buffers = [.none] + (model.metadata ?? []).map(\.data)
    var edit = ModelEdit(of: model)
    edit.setMetadata("min_runtime_version", [3, 4])
    model.apply(edit)
    #expect(model.metadata?.last?.data.bytes == [3, 4])
    #expect(model.metadata?.count == 3)
    #expect(model.buffers.count == 3)
  }

  @Test func surroundingsChange() {
    var model = model()
    var edit = ModelEdit(of: model)
    edit.description = "new"
    edit.appendix = [1]
    edit.metadataBuffers = [.none]
    edit.signatures = []
    edit.buffers = [.none]
    model.apply(edit)
    #expect(model.description == "new")
    #expect(model.appendix == [1])
    #expect(model.metadataBuffers?.count == 1)
    #expect(model.signatures?.isEmpty == true)
    #expect(model.buffers.count == 1)
  }

  @Test func plansGoWithUnusedTensors() {
    var model = model()
    model.graphs[0].nodes.removeLast()
    #expect(model.removeUnused().values == 1)
    #expect(model.metadata?.compactMap(\.name) == ["min_runtime_version"])
  }

  @Test func anEditOfAnotherModelIsABrokenInvariant() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph(nodes: [], values: [], inputs: [], outputs: [])
      var model = Model(graphs: [graph])
      model.apply(ModelEdit(of: Model(graphs: [graph, graph])))
    }
  }
}

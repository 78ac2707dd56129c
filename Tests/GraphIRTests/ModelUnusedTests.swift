import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct ModelUnusedTests {
  /// A main graph that calls the third of three others, with dead values in front of live ones.
  private func model() -> Model {
    var builder = GraphBuilder()
    _ = builder.value("dead", [4])
    let x = builder.input("x", [4])
    _ = builder.constant("dead weights", [4])
    let y = builder.value("y", [4])
    builder.node(
      .call, [x], [y], options: Record("CallOptions", [.init(name: "subgraph", value: .integer(2))]))
    builder.outputs([y])
    var called = GraphBuilder()
    _ = called.value("dead", [1])
    let a = called.input("a", [4])
    let b = called.value("b", [4])
    called.node(.relu, [a], [b])
    called.outputs([b])
    var model = Model(graphs: [builder.graph, called.graph, called.graph])
    model.graphs[0].nodes[0].codeIndex = 1
    model.operatorCodes = [OperatorCode(.add), OperatorCode(.call), OperatorCode(.relu)]
    model.buffers = [.none, model.graphs[0].values[2].data]
    model.signatures = [
      .init(
        key: "body", graph: GraphID(2), inputs: [.init(name: "a", value: a)],
        outputs: [.init(name: "b", value: b)])
    ]
    return model
  }

  @Test func deadPartsGoAndTheRestIsNumberedAnew() {
    var model = model()
    let removed = model.removeUnused()
    #expect(removed == UnusedParts(graphs: 1, values: 3, buffers: 1, operatorCodes: 1))
    #expect(GraphVerifier().firstProblem(in: model) == nil)
    #expect(model.graphs.count == 2)
    #expect(model.graphs[0].nodes[0].calledGraphs == [GraphID(1)])
    #expect(model.graphs[0].values.compactMap(\.name) == ["x", "y"])
    #expect(model.graphs[0].inputs == [ValueID(0)])
    #expect(model.graphs[0].outputs == [ValueID(1)])
    #expect(model.signatures?[0].graph == GraphID(1))
    #expect(model.signatures?[0].inputs?.map(\.value) == [ValueID(0)])
    #expect(model.signatures?[0].outputs?.map(\.value) == [ValueID(1)])
    #expect(model.operatorCodes.map(\.name) == ["CALL", "RELU"])
    #expect(model.graphs[0].nodes[0].codeIndex == nil)
  }

  @Test func nothingGoesTwice() {
    var model = model()
    _ = model.removeUnused()
    #expect(model.removeUnused().isEmpty)
  }

  @Test func metadataKeepTheirBuffers() {
    var model = model()
    let data = TensorData([1, 2, 3])
    model.buffers.append(data)
    model.metadata = [.init(name: "labels", data: data)]
    _ = model.removeUnused()
    #expect(model.buffers.map(\.byteCount) == [0, 3])
  }

  @Test func graphsStayBesideUnknownOperators() {
    var model = model()
    model.graphs[0].nodes.append(
      Node(code: OperatorCode(BuiltinOperator(rawValue: 4_000)), inputs: [], outputs: []))
    #expect(model.removeUnused().graphs == 0)
    #expect(model.graphs.count == 3)
  }
}

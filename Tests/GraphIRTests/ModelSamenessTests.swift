import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct ModelSamenessTests {
  private func model() -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .int8)
    let w = builder.constant("w", [4], .int8)
    let y = builder.value("y", [4], .int8)
    builder.node(.add, [x, w], [y])
    builder.outputs([y])
    return Model(
      graphs: [builder.graph], metadata: [.init(name: "a", data: TensorData([1]))],
      signatures: [.init(key: "main", graph: GraphID(0), inputs: nil, outputs: nil)],
      metadataBuffers: [TensorData([2])], operatorCodes: [OperatorCode(.add)],
      buffers: [.none, builder.graph[w].data])
  }

  private func isSame(_ change: (inout Model) -> Void) -> Bool {
    let model = model()
    var other = model
    change(&other)
    return model.isSame(as: other) && other.isSame(as: model)
  }

  @Test func everyPartCounts() {
    #expect(isSame { _ in })
    #expect(!isSame { $0.description = "" })
    #expect(!isSame { $0.version = 4 })
    #expect(!isSame { $0.metadata?[0].name = "b" })
    #expect(!isSame { $0.metadata = nil })
    #expect(!isSame { $0.signatures?[0].key = nil })
    #expect(!isSame { $0.metadataBuffers = nil })
    #expect(!isSame { $0.externalBufferGroups = [] })
    #expect(!isSame { $0.externalBuffers = [] })
    #expect(!isSame { $0.operatorCodes = [] })
    #expect(!isSame { $0.buffers.removeLast() })
    #expect(!isSame { $0.appendix = [1] })
    #expect(!isSame { $0.unknownParts = ["x"] })
    #expect(!isSame { $0.graphs.append($0.graphs[0]) })
    #expect(!isSame { $0.graphs[0].name = "main" })
    #expect(!isSame { $0.graphs[0].debugMetadataIndex = 1 })
    #expect(!isSame { $0.graphs[0].inputs = [] })
    #expect(!isSame { $0.graphs[0].outputs = [] })
    #expect(!isSame { $0.graphs[0].omittedLists = [.outputs] })
    #expect(!isSame { $0.graphs[0].nodes[0].codeIndex = 0 })
    #expect(!isSame { $0.graphs[0].nodes.removeLast() })
    #expect(!isSame { $0.graphs[0].values.removeLast() })
    #expect(!isSame { $0.graphs[0].values[0].name = nil })
    #expect(!isSame { $0.graphs[0].values[0].dimensions = [2, 2] })
    #expect(!isSame { $0.graphs[0].values[0].shapeSignature = [-1] })
    #expect(!isSame { $0.graphs[0].values[0].elementType = .uint8 })
    #expect(!isSame { $0.graphs[0].values[0].quantization = Quantization(scales: [1], zeroPoints: [0]) })
    #expect(!isSame { $0.graphs[0].values[0].isVariable = true })
    #expect(!isSame { $0.graphs[0].values[0].attachments.hasRank = true })
    #expect(!isSame { $0.graphs[0].values[1].data = TensorData([0, 0, 0, 1]) })
  }

  @Test func dataCountByBytesAndBySharing() {
    let copy = TensorData([0, 0, 0, 0])
    // A copy under one name only no longer shares the buffer; under all names it does.
    #expect(!isSame { $0.graphs[0].values[1].data = copy })
    #expect(
      isSame {
        $0.graphs[0].values[1].data = copy
        $0.buffers[1] = copy
      })
    #expect(!isSame { $0.metadata?[0].data = TensorData([1][...], location: .appended) })
    #expect(isSame { $0.metadata?[0].data = TensorData([1]) })
    // Two that become one.
    #expect(!isSame { $0.graphs[0].values[0].data = $0.graphs[0].values[1].data })
  }
}

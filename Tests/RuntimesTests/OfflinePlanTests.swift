import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Runtimes

@Suite struct OfflinePlanTests {
  @Test func whatIsWrittenIsRead() throws {
    let plan = OfflinePlan(offsets: [0, nil])
    #expect(try OfflinePlan.read(from: model(plan.metadataBytes(subgraphCount: 1))) == plan)
  }

  @Test func wordsAreLittleEndian() {
    let bytes = OfflinePlan(offsets: [0x1234_0010, nil]).metadataBytes(subgraphCount: 3)
    #expect(bytes[..<12] == [1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0])
    #expect(bytes[12...] == [0x10, 0, 0x34, 0x12, 255, 255, 255, 255])
  }

  @Test func aModelWithoutMetadataHasNone() throws {
    #expect(try OfflinePlan.read(from: model(nil)) == nil)
  }

  @Test(arguments: [
    ([UInt8](repeating: 0, count: 8), OfflinePlanError.malformed(byteCount: 8)),
    ([UInt8](repeating: 0, count: 21), .malformed(byteCount: 21)),
    (
      OfflinePlan(offsets: [0]).metadataBytes(subgraphCount: 1),
      .wrongCount(offsets: 1, tensors: 2)
    ),
    (
      OfflinePlan(offsets: [0, -16]).metadataBytes(subgraphCount: 1),
      .negativeOffset(tensor: 1, offset: -16)
    ),
  ])
  func whatIsNoPlanIsRefused(bytes: [UInt8], error: OfflinePlanError) {
    #expect(throws: error) { try OfflinePlan.read(from: model(bytes)) }
  }

  private func model(_ bytes: [UInt8]?) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    builder.node(.relu, [input], [builder.value("y", [4])])
    let metadata = bytes.map {
      [Model.MetadataEntry(name: OfflinePlan.metadataName, data: TensorData($0))]
    }
    return Model(graphs: [builder.graph], metadata: metadata)
  }
}

import GraphIR
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Firmware

@Suite struct OfflinePlanCheckTests {
  /// Three tensors of 64 bytes in a chain: x, RELU, y, then 1×1 CONV_2D, z.
  private func warnings(
    _ offsets: [Int?], _ kernels: KernelLibrary = .reference, channels: Int32 = 4
  ) throws -> [FirmwareWarning] {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4, 4, channels])
    let y = builder.value("y", [1, 4, 4, channels])
    let w = builder.constant("w", [channels, 1, 1, channels])
    let z = builder.value("z", [1, 4, 4, channels])
    builder.node(.relu, [x], [y])
    let options = Record(
      "Conv2DOptions",
      [
        .init(name: "padding", value: .integer(1)), .init(name: "stride_w", value: .integer(1)),
        .init(name: "stride_h", value: .integer(1)),
      ])
    builder.node(.conv2D, [y, w, nil], [z], options: options)
    builder.outputs([z])
    let plan = OfflinePlan(offsets: [offsets[0], offsets[1], nil, offsets[2]])
    let bytes = plan.metadataBytes(subgraphCount: 1)
    let model = Model(
      graphs: [builder.graph],
      metadata: [Model.MetadataEntry(name: OfflinePlan.metadataName, data: TensorData(bytes))])
    return try Samples.firmware(model, target: FirmwareTarget(kernels: kernels)).warnings
      .filter { $0.kind == .offlinePlan }
  }

  @Test func disjointTensorsAreFine() throws {
    #expect(try warnings([0, 64, 128]).isEmpty)
    #expect(try warnings([0, 64, 0], .cmsisNN).isEmpty)
    #expect(try warnings([nil, nil, nil]).isEmpty)
  }

  @Test func overlapThatKernelsAllowIsFine() throws {
    #expect(try warnings([64, 64, 0]).isEmpty)
    #expect(try warnings([64, 64, 48]).isEmpty)
  }

  @Test func overlapThatOneLibraryForbidsIsReported() throws {
    let warnings = try warnings([64, 64, 48], .cmsisNN)
    #expect(warnings.map(\.place) == ["subgraph 0, tensor 1 (y)"])
    #expect(warnings.first?.problem.contains("tensor 3 while both are needed by CMSIS-NN kernels") == true)
    #expect(warnings.allSatisfy { !$0.isRefusal })
  }

  @Test func outputsBehindTheirInputsAreReported() throws {
    #expect(try warnings([0, 16, 80]).count == 1)
  }

  @Test func unalignedElementsAreReported() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    builder.node(.relu, [x], [builder.value("y", [4], .float32)])
    let bytes = OfflinePlan(offsets: [2, 32]).metadataBytes(subgraphCount: 1)
    let model = Model(
      graphs: [builder.graph],
      metadata: [Model.MetadataEntry(name: OfflinePlan.metadataName, data: TensorData(bytes))])
    #expect(try Samples.firmware(model).warnings.map(\.kind) == [.offlinePlan])
  }
}

import GraphIR
import Runtimes
import Testing
import _TestSupport

@testable import Planning

@Suite struct PoolMisfitTests {
  /// CMSIS-NN's convolution needs scratch buffers that are larger than the tensors.
  @Test func scratchBuffersAreNamedByTheirOperator() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4, 4, 16])
    let filter = builder.constant("w", [1, 3, 3, 16])
    let output = builder.value("y", [1, 4, 4, 1])
    let options = Record(
      "Conv2DOptions", ["stride_w", "stride_h"].map { .init(name: $0, value: .integer(1)) })
    builder.node(.conv2D, [input, filter, nil], [output], options: options)
    builder.outputs([output])
    let model = Model(graphs: [builder.graph])
    let build = TFLMBuild(.cortexM(.cmsisNN), safeOn: [.cmsisNN])
    let scratch = try build.demands(of: model).scratchBytes[0][0]
    try #require(scratch > 256)
    let region = Plan.Pool(name: "fast", capacityBytes: 256)
    let planner = try PoolPlanner(model, pools: [region], runtime: build)
    do {
      _ = try planner.plan()
      Issue.record("scratch buffers fit nowhere")
    } catch {
      #expect(
        "\(error)".hasPrefix(
          "the scratch buffers of operator 0 (CONV_2D) take \(scratch) B, and no region has more than 256 B"))
      #expect("\(error)".hasSuffix(" B of 'fast' everything fits"))
    }
  }
}

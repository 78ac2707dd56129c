import Datasets
import Execution
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct OutputCorrectionTests {
  /// A layer of zeros, whose outputs are 0 whatever goes in; one step of its bias is worth 1.
  private func model(_ bias: [Int32]) -> Model {
    var builder = GraphBuilder()
    let channels = Int32(bias.count)
    let x = builder.input("x", [1, 4])
    let (w, b) = (builder.constant("w", [channels, 4]), builder.constant("b", [channels], .int32))
    let y = builder.value("y", [1, channels])
    builder.node(.fullyConnected, [x, w, b], [y], options: Record("FullyConnectedOptions"))
    builder.outputs([y])
    var graph = builder.graph
    for id in [x, w, b, y] { graph[id].quantization = Quantization(scales: [1], zeroPoints: [0]) }
    graph[b].data = TensorData(integers: bias)
    return Model(graphs: [graph])
  }

  @Test func errorsAreTakenOffAsTheNearestWholeSteps() throws {
    var model = model([0, 0, 0, 0, 0, 0])
    let output = try #require(model.graphs[0].outputs[0])
    let bias = try #require(model.graphs[0].nodes[0].inputs[2])
    var float = model
    float.graphs[0][try #require(float.graphs[0].inputs[0])].elementType = .float32
    let correction = OutputCorrection(
      samples: try SampleSet.random(for: float, count: 3, seed: 1), runner: ParallelRunner(threadCount: 1))
    try correction.apply([output: [2.5, -2.5, 1.25, -1.25, 1.75, -1.75]], to: &model)
    #expect(model.graphs[0][bias].data.elements(Int32.self) == [3, -3, 1, -1, 2, -2])
  }

  @Test func lastLayersAreThoseThatLeadToNoOther() {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4])
    let weights = (0..<3).map { builder.constant("w\($0)", [4, 4]) }
    let values = (0..<5).map { builder.value("v\($0)", [1, 4]) }
    let plain = Record("FullyConnectedOptions")
    builder.node(.fullyConnected, [x, weights[0]], [values[0]], options: plain)
    builder.node(.relu, [values[0]], [values[1]])
    builder.node(.fullyConnected, [values[1], weights[1]], [values[2]], options: plain)
    builder.node(.neg, [values[2]], [values[3]])
    builder.node(.fullyConnected, [values[1], weights[2]], [values[4]], options: plain)
    builder.outputs([values[3], values[4]])
    #expect(OutputCorrection.lastLayers(of: builder.graph).sorted() == [NodeID(2), NodeID(4)])
  }
}

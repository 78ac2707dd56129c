import Datasets
import Execution
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct ChannelPruningTests {
  /// Two branches, a sum, a depthwise layer, a pool and a flat row.
  private func network() -> Model {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 7, 7, 2], .float32)
    let a = graphs.convolution(x, outputs: 8, taps: 2, activation: 1)
    let b = graphs.unary(.relu, graphs.convolution(a, outputs: 8))
    let sum = graphs.binary(.add, a, b)
    let scaled = graphs.binary(.mul, sum, graphs.constant([8]))
    let deep = graphs.depthwise(scaled, taps: 3)
    let flat = graphs.flatten(graphs.maxPool(graphs.convolution(deep, outputs: 6)))
    let output = graphs.unary(.softmax, graphs.dense(flat, outputs: 3))
    return graphs.model(outputs: [output])
  }

  private func prune(
    _ model: Model, _ options: ChannelPruning.Options, samples count: Int = 40
  ) throws -> (Model, PassLog) {
    var result = model
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: count, seed: 5)
    try ChannelPruning(options, calibration: samples).run(on: &result, log: &log)
    return (result, log)
  }

  /// The largest difference of two models' first outputs over random inputs.
  private func difference(_ left: Model, _ right: Model) throws -> Float {
    let samples = try SampleSet.random(for: left, count: 10, seed: 77)
    let (first, second) = (Session(try Interpreter(left)), Session(try Interpreter(right)))
    var largest: Float = 0
    for index in 0..<samples.count {
      let sample = try samples.sample(index)
      let (a, b) = (try first.run(sample)[0], try second.run(sample)[0])
      for (x, y) in zip(TensorData(a).elements(Float.self), TensorData(b).elements(Float.self)) {
        largest = max(largest, abs(x - y))
      }
    }
    return largest
  }

  @Test(arguments: [0.1, 0.3, 0.5, 0.7])
  func shapesShrinkAndTheFileIsValid(fraction: Double) throws {
    let model = network()
    let (pruned, log) = try prune(model, .init(fraction: fraction, epochs: 2))
    let before = ChannelPruning.multiplyAccumulates(of: model)
    #expect(Double(ChannelPruning.multiplyAccumulates(of: pruned)) <= Double(before) * (1 - fraction))
    try GraphVerifier().verify(pruned)
    let read = try ModelFile.parse(ModelFile.serialize(pruned), name: "pruned")
    #expect(try difference(pruned, read) == 0)
    #expect(log.edits.contains { $0.sentence.contains("multiply-accumulates became") })
  }

  @Test func nothingToSaveChangesNothing() throws {
    let model = network()
    let (pruned, log) = try prune(model, .init(fraction: 0))
    #expect(log.edits.isEmpty)
    #expect(try ModelFile.serialize(pruned) == ModelFile.serialize(model))
  }

  @Test(arguments: [true, false])
  func channelsThatAreZeroCostNothing(refit: Bool) throws {
    var graphs = FloatGraphs(seed: 4)
    let x = graphs.builder.input("x", [1, 4, 4, 6], .float32)
    let a = graphs.binary(
      .mul, graphs.convolution(x, outputs: 5),
      graphs.constant(
        [5], [1, 0, 1, 0, 1]))
    let output = graphs.dense(graphs.mean(a), outputs: 3)
    let model = graphs.model(outputs: [output])
    let (pruned, _) = try prune(model, .init(fraction: 0.35, refit: refit, epochs: 0))
    #expect(pruned.graphs[0].nodes[0].outputs.first.map { pruned.graphs[0][$0].dimensions } == [1, 4, 4, 3])
    #expect(try difference(model, pruned) < 1e-5)
  }

  @Test func refitRecoversDependentChannels() throws {
    var graphs = FloatGraphs(seed: 8)
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let a = graphs.convolution(x, outputs: 5)
    let b = graphs.convolution(a, outputs: 6)
    let output = graphs.dense(graphs.mean(b), outputs: 3)
    let model = graphs.model(outputs: [output])
    let (with, _) = try prune(model, .init(fraction: 0.35, epochs: 0))
    let (without, _) = try prune(model, .init(fraction: 0.35, refit: false))
    #expect(try difference(model, with) < 1e-3)
    #expect(try difference(model, without) > 0.05)
  }

  @Test func sharedWeightsStayForOthers() throws {
    var graphs = FloatGraphs(seed: 2)
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let filter = graphs.constant([4, 1, 1, 2])
    let bias = graphs.constant([4])
    let options = Record(
      "Conv2DOptions",
      [
        .init(name: "padding", value: .integer(1)), .init(name: "stride_w", value: .integer(1)),
        .init(name: "stride_h", value: .integer(1)),
      ])
    let (a, y) = (graphs.value([1, 4, 4, 4]), graphs.value([1, 4, 4, 4]))
    graphs.builder.node(.conv2D, [x, filter, bias], [a], options: options)
    graphs.builder.node(.conv2D, [x, filter, bias], [y], options: options)
    let output = graphs.dense(graphs.mean(a), outputs: 3)
    let model = graphs.model(outputs: [output, y])
    let (pruned, log) = try prune(model, .init(fraction: 0.1, epochs: 0))
    let main = pruned.graphs[0]
    #expect(main.outputs[1].map { main[$0].dimensions } == [1, 4, 4, 4])
    #expect(main.nodes[0].outputs.first.map { main[$0].dimensions?.last ?? 0 < 4 } == true)
    #expect(log.refusals.contains { $0.sentence == "its channels stay: it is an output of the model" })
  }

  @Test func threadsDoNotMatter() throws {
    let one = try prune(network(), .init(fraction: 0.4, epochs: 3, stages: 2, threadCount: 1)).0
    let two = try prune(network(), .init(fraction: 0.4, epochs: 3, stages: 2, threadCount: 2)).0
    #expect(try ModelFile.serialize(one) == ModelFile.serialize(two))
  }

  /// A stage that finds enough saved leaves the next one its work.
  @Test func stagesReachTheGoal() throws {
    var graphs = FloatGraphs(seed: 6)
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let output = graphs.dense(graphs.mean(graphs.convolution(x, outputs: 4)), outputs: 3)
    let model = graphs.model(outputs: [output])
    let (pruned, _) = try prune(model, .init(fraction: 0.3, refit: false, stages: 3))
    #expect(pruned.graphs[0].nodes[0].outputs.first.map { pruned.graphs[0][$0].dimensions } == [1, 4, 4, 2])
  }

  @Test func badRequestsAreRefused() throws {
    #expect(throws: PassError.self) { try prune(network(), .init(fraction: 1)) }
    #expect(throws: PassError.self) { try prune(network(), .init(fraction: .nan)) }
    var quantized = network()
    quantized.graphs[0].values[0].elementType = .int8
    quantized.graphs[0].values[0].quantization = Quantization(scales: [1], zeroPoints: [0])
    let error = #expect(throws: PassError.self) { try prune(quantized, .init(fraction: 0.3)) }
    #expect(error?.reason.contains("before quantization") == true)
  }

  @Test func asMuchAsCanGoGoes() throws {
    let (pruned, log) = try prune(network(), .init(fraction: 0.999, epochs: 0))
    #expect(log.refusals.contains { $0.sentence.contains("without emptying a tensor") })
    #expect(pruned.graphs[0].values.allSatisfy { !($0.dimensions ?? []).contains(0) })
  }
}

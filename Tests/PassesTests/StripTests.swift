import Datasets
import Execution
import ModelFiles
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct StripTests {
  private func stripped(_ model: Model) throws -> (model: Model, log: PassLog) {
    var (result, log) = (model, PassLog())
    try Strip().run(on: &result, log: &log)
    return (result, log)
  }

  private func sample(inputs: Int) -> Model {
    var builder = GraphBuilder()
    let ports = (0..<inputs).map { builder.input("x\($0)", [1, 4]) }
    let y = builder.value("y", [1, 4])
    builder.node(inputs == 1 ? .relu : .maximum, ports, [y])
    builder.outputs([y])
    return Model(
      graphs: [builder.graph], description: "made by a test",
      metadata: [
        .init(name: OfflinePlan.metadataName, data: TensorData([1])),
        .init(name: "min_runtime_version", data: TensorData([2])),
      ],
      signatures: [.init(key: "main", graph: GraphID(0), inputs: nil, outputs: nil)])
  }

  @Test func whatTheRuntimeDoesNotReadGoes() throws {
    let (model, log) = try stripped(sample(inputs: 1))
    #expect(model.graphs[0].values.allSatisfy { $0.name == nil })
    #expect(model.description == nil)
    #expect(model.metadata?.map(\.name) == [OfflinePlan.metadataName])
    #expect(model.signatures == nil)
    #expect(log.edits.map(\.place) == ["model", "description", "metadata", "signatures"])
  }

  @Test func whatIsLeftOutIsSaid() throws {
    var model = sample(inputs: 1)
    model.graphs[0].name = "main"
    model.graphs[0].nodes[0].debugMetadataIndex = 2
    model.graphs[0].values[0].data = TensorData([][...], location: .absent)
    model.buffers = [.none, model.graphs[0].values[0].data]
    model.metadataBuffers = [.none]
    let (result, log) = try stripped(model)
    #expect(
      log.edits.map(\.sentence) == [
        "left out 3 names of 7 B", "left out 14 B", "left out 2 entries, which TFLM does not read",
        "left out 1 reference for debugging", "left out 1", "one buffer for 1 tensor without data",
        "removed: 1 buffers",
      ])
    #expect(result.graphs[0].name == nil)
  }

  @Test func planOfTensorsThatGoGoesToo() throws {
    var model = sample(inputs: 1)
    model.graphs[0].values.insert(model.graphs[0].values[0], at: 2)
    model.signatures?[0].inputs = [.init(name: "unused", value: ValueID(2))]
    let result = try stripped(model).model
    #expect(result.graphs[0].values.count == 2)
    #expect(result.metadata?.isEmpty ?? true)
  }

  @Test func namesThatTellInputsApartStay() throws {
    #expect(try stripped(sample(inputs: 2)).model.graphs[0].values.map(\.name) == ["x0", "x1", nil])
  }

  @Test func signaturesOfOtherSubgraphsStay() throws {
    var model = sample(inputs: 1)
    model.graphs.append(model.graphs[0])
    model.signatures?.append(.init(key: "other", graph: GraphID(1), inputs: nil, outputs: nil))
    let (result, log) = try stripped(model)
    #expect(result.graphs.count == 2)
    #expect(result.signatures?.count == 2)
    #expect(log.refusals.count == 1)
  }

  @Test(arguments: ["cnn_int8", "streaming_float32", "while_float32"])
  func answersStayAndFilesShrink(name: String) throws {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/\(name).tflite") })
    let model = try ModelFile.read(path: path)
    let bytes = try ModelFile.serialize(stripped(model).model)
    #expect(try bytes.count < ModelFile.serialize(model).count)
    let small = try ModelFile.parse(bytes, name: name)
    let samples = try SampleSet.random(for: model, count: 2, seed: 3)
    let comparison = try AccuracyComparison(reference: Interpreter(model), candidate: Interpreter(small))
    let result = try comparison.run(
      samples, SampleSet.random(for: small, count: 2, seed: 3), labels: nil, layerSampleCount: 0,
      runner: ParallelRunner(threadCount: 1))
    #expect(result.agreement == 1)
    #expect(try stripped(small).model.graphs.map(\.nodes.count) == small.graphs.map(\.nodes.count))
  }
}

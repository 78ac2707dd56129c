import GraphIR
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import Passes

@Suite struct WeightPruningTests {
  private func network() -> Model {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 3, 3, 4], .float32)
    let a = graphs.convolution(x, outputs: 2, weights: [0.1, -0.2, 0.3, -0.4, 5, 6, -7, 8])
    let b = graphs.depthwise(a)
    let output = graphs.dense(b, outputs: 1, weights: [9, 1, 2, 3, 4, 5, 6, 0.05])
    return graphs.model(outputs: [output])
  }

  private func weights(_ model: Model) -> [[Float]] { WeightTensors(model.graphs[0]).entries.map(\.numbers) }

  private func run(_ pass: some Pass) throws -> (Model, PassLog) {
    var model = network()
    var log = PassLog()
    try pass.run(on: &model, log: &log)
    return (try ModelFile.parse(ModelFile.serialize(model), name: "pruned"), log)
  }

  @Test func smallestOfTheModelGo() throws {
    let (model, log) = try run(MagnitudePruning(fraction: 0.25))
    let zeros = weights(model).flatMap(\.self).count { $0 == 0 }
    #expect(zeros == WeightTensors(network().graphs[0]).count / 4)
    #expect(weights(model)[2].last == 0)
    #expect(log.edits.first?.sentence.contains("as much RAM and flash as other numbers") == true)
    #expect(log.edits.last?.sentence.contains("DEFLATE") == true)
  }

  @Test func smallestOfEveryLayerGo() throws {
    let (model, _) = try run(MagnitudePruning(fraction: 0.5, scope: .layer))
    #expect(weights(model)[0] == [0, 0, 0, 0, 5, 6, -7, 8])
    #expect(weights(model)[2] == [9, 0, 0, 0, 4, 5, 6, 0])
  }

  @Test func twoOfFourStay() throws {
    let (model, log) = try run(PatternPruning(keeping: 2, of: 4))
    #expect(weights(model)[0] == [0, 0, 0.3, -0.4, 0, 0, -7, 8])
    #expect(weights(model)[1] == weights(network())[1])
    #expect(log.refusals.map(\.place) == ["operator 1 (DEPTHWISE_CONV_2D)"])
  }

  @Test func patternsThatDoNotDivideAreRefused() throws {
    let (model, log) = try run(PatternPruning(keeping: 1, of: 3))
    #expect(weights(model) == weights(network()))
    #expect(log.refusals.contains { $0.sentence == "its rows of 4 weights are no multiple of 3" })
  }

  @Test func badNumbersAreRefused() {
    #expect(throws: PassError.self) { try run(MagnitudePruning(fraction: -0.1)) }
    #expect(throws: PassError.self) { try run(MagnitudePruning(fraction: .nan)) }
    #expect(throws: PassError.self) { try run(PatternPruning(keeping: 0, of: 4)) }
    #expect(throws: PassError.self) { try run(PatternPruning(keeping: 5, of: 4)) }
  }
}

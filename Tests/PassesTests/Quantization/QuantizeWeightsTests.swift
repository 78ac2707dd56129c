import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct QuantizeWeightsTests {
  private func rule(_ name: String) throws -> Model {
    try #require(RuleModel.all.first { $0.name == name }).model
  }

  @Test(arguments: [
    "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED", "UNIDIRECTIONAL_SEQUENCE_LSTM",
  ]) func weightsBecomeBytes(name: String) throws {
    let float = try rule(name)
    for form in QuantizeWeights.Form.allCases where form == .int8 || !name.hasSuffix("LSTM") {
      var model = float
      var log = PassLog()
      try QuantizeWeights(form, leastElements: 1).run(on: &model, log: &log)
      let read = try ModelFile.parse(ModelFile.serialize(model), name: name)
      #expect(log.edits.count == 1)
      let samples = try SampleSet.random(for: float, count: 10, seed: 2)
      let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(read))
        .run(samples, samples)
      for output in result.outputs { #expect(output.difference.sqnrDb > (form == .int8 ? 28 : 60)) }
    }
  }

  @Test func versionsTellRuntimesWhatTheyNeed() throws {
    var model = try rule("CONV_2D")
    var log = PassLog()
    try QuantizeWeights(.int8, leastElements: 1).run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.last?.code.version == 5)
    #expect(model.buffers.count <= 1)
  }

  @Test(arguments: QuantizeWeights.Form.allCases)
  func modelsWithoutLargeWeightsStayAsTheyAre(form: QuantizeWeights.Form) throws {
    var model = try rule("RELU")
    let before = try ModelFile.serialize(model)
    var log = PassLog()
    #expect(try QuantizeWeights(form).run(on: &model, log: &log) == .unchanged)
    #expect(try ModelFile.serialize(model) == before)
    #expect(log.refusals.count == 1)
  }
}

import Datasets
import Execution
import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RangeSearchTests {
  /// Every method gives a model that runs and is close to the float one.
  @Test(arguments: RangeMethod.allCases) func everyMethodIsClose(method: RangeMethod) throws {
    let float = try #require(RuleModel.all.first { $0.name == "FULLY_CONNECTED" }).model
    let samples = try SampleSet.random(for: float, count: 50, seed: 1)
    var options = QuantizeIntegers.Options()
    options.rangeMethod = method
    options.keepsFloatPorts = true
    var model = float
    var log = PassLog()
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(model))
      .run(samples, samples)
    #expect(result.outputs[0].difference.sqnrDb > 20)
  }
}

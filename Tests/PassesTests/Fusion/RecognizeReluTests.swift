import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RecognizeReluTests {
  private func clamp(_ steps: [(BuiltinOperator, Float)]) -> Model {
    let sketch = Sketch()
    var y = sketch.input([4, 8])
    for (builtin, limit) in steps {
      y = sketch.node(
        builtin, [y, sketch.filled([1], limit)], [4, 8],
        options: .init(code: 39, type: "MaximumMinimumOptions", fields: []))
    }
    return sketch.model(y)
  }

  @Test func limitsAreActivations() throws {
    try RuleRun(RecognizeRelu(), clamp([(.maximum, 0)])).expect(["RELU"])
    try RuleRun(RecognizeRelu(), clamp([(.maximum, 0), (.minimum, 6)])).expect(["RELU6"])
    try RuleRun(RecognizeRelu(), clamp([(.minimum, 6), (.maximum, 0)])).expect(["RELU6"])
    try RuleRun(RecognizeRelu(), clamp([(.minimum, 1), (.maximum, -1)])).expect(["RELU_N1_TO_1"])
  }

  @Test func otherLimitsStay() throws {
    try RuleRun(RecognizeRelu(), clamp([(.maximum, 0.5)])).expectNothing()
    try RuleRun(RecognizeRelu(), clamp([(.minimum, -1), (.maximum, 1)])).expectNothing()
  }
}

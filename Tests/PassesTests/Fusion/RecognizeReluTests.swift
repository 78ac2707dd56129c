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
  }

  @Test func limitsOfOneAreFusedOnly() throws {
    let sketch = Sketch()
    let x = sketch.input([4, 8])
    let a = sketch.node(.add, [x, x], [4, 8], options: .add())
    let options = Sketch.Options(code: 39, type: "MaximumMinimumOptions", fields: [])
    let b = sketch.node(.minimum, [a, sketch.filled([], 1)], [4, 8], options: options)
    let y = sketch.node(.maximum, [b, sketch.filled([], -1)], [4, 8], options: options)
    var model = sketch.model(y)
    var log = PassLog()
    try Rewriter([RecognizeRelu(), FuseActivation()], pass: "test").run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.map(\.code.name) == ["ADD"])
    #expect(model.graphs[0].nodes[0].attributes.integer("fused_activation_function") == 2)
    #expect(try ModelPair(before: sketch.model(y), after: model).difference().relative == 0)
    try RuleRun(RecognizeRelu(), clamp([(.minimum, 1), (.maximum, -1)]))
      .expectRefusal("TFLM has no RELU_N1_TO_1, and nothing before it can take it as its activation")
  }

  @Test func otherLimitsStay() throws {
    try RuleRun(RecognizeRelu(), clamp([(.maximum, 0.5)])).expectNothing()
    try RuleRun(RecognizeRelu(), clamp([(.minimum, -1), (.maximum, 1)])).expectNothing()
  }
}

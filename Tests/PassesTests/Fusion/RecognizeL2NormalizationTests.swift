import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RecognizeL2NormalizationTests {
  private func model(isQuotient: Bool, guardedBy least: Float?) -> Model {
    let sketch = Sketch()
    let x = sketch.input([3, 8])
    let squares =
      isQuotient
      ? sketch.node(.mul, [x, x], [3, 8], options: .mul()) : sketch.node(.square, [x], [3, 8])
    var sum = sketch.node(
      .sum, [squares, sketch.integers([-1])], [3, 1], options: .reducer(keepsDimensions: true))
    if let least {
      sum = sketch.node(
        .maximum, [sum, sketch.filled([], least)], [3, 1],
        options: .init(code: 39, type: "MaximumMinimumOptions", fields: []))
    }
    let root = sketch.node(isQuotient ? .sqrt : .rsqrt, [sum], [3, 1])
    let y = sketch.node(
      isQuotient ? .div : .mul, [x, root], [3, 8], options: isQuotient ? .div() : .mul())
    return sketch.model(y)
  }

  @Test(arguments: [false, true])
  func bothFormsAreFound(isQuotient: Bool) throws {
    try RuleRun(RecognizeL2Normalization(), model(isQuotient: isQuotient, guardedBy: 1e-12))
      .expect(["L2_NORMALIZATION"], relative: 1e-6)
  }

  @Test(arguments: [nil, 1e-4])
  func otherGuardsStay(least: Float?) throws {
    try RuleRun(RecognizeL2Normalization(), model(isQuotient: false, guardedBy: least))
      .expectRefusal("it has another guard against a norm of zero than L2_NORMALIZATION's 1e-12")
  }
}

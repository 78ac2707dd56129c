import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RecognizeLeakyReluTests {
  private func maximum(slope: Float, isShared: Bool = false) -> Model {
    let sketch = Sketch()
    let x = sketch.input([4, 8])
    let a = sketch.node(.mul, [x, sketch.filled([1], slope)], [4, 8], options: .mul())
    let y = sketch.node(
      .maximum, [a, x], [4, 8], options: .init(code: 39, type: "MaximumMinimumOptions", fields: []))
    return isShared ? sketch.model(y, a) : sketch.model(y)
  }

  @Test func maximumWithAProductIsOne() throws {
    let run = try RuleRun(RecognizeLeakyRelu(), maximum(slope: 0.2))
    try run.expect(["LEAKY_RELU"])
    #expect(Float(run.result.graphs[0].nodes[0].attributes.real("alpha")) == 0.2)
  }

  @Test func steepSlopesStay() throws {
    try RuleRun(RecognizeLeakyRelu(), maximum(slope: 2))
      .expectRefusal("the slope 2.0 is above 1, so that MAXIMUM takes the other side")
  }

  @Test func sharedProductStays() throws {
    try RuleRun(RecognizeLeakyRelu(), maximum(slope: 0.2, isShared: true))
      .expectRefusal("the result of MUL 0 is also a port of the model")
  }

  @Test func uniformPreluIsOne() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 2, 2, 3])
    let y = sketch.node(.prelu, [x, sketch.filled([1, 1, 3], 0.1)], [1, 2, 2, 3])
    try RuleRun(RecognizeLeakyRelu(), sketch.model(y)).expect(["LEAKY_RELU"])
  }

  @Test func otherPreluStays() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 2, 2, 3])
    let y = sketch.node(.prelu, [x, sketch.random([1, 1, 3])], [1, 2, 2, 3])
    try RuleRun(RecognizeLeakyRelu(), sketch.model(y)).expectNothing()
  }
}

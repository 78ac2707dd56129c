import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct KeepGeluTests {
  @Test func geluIsKeptWithAReason() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.mul, [x, sketch.filled([1], 0.797_884_6)], [4], options: .mul())
    let y = sketch.node(.tanh, [a], [4])
    try RuleRun(KeepGelu(), sketch.model(y))
      .expectRefusal("TFLM has no GELU, so that its chain of operators stays")
  }

  @Test func otherHyperbolicTangentsAreNoGelu() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let y = sketch.node(.tanh, [x], [4])
    try RuleRun(KeepGelu(), sketch.model(y)).expectNothing()
  }
}

import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct MergeOperatorsTests {
  @Test func twinsAreOne() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let a = sketch.node(.relu, [x], [1, 4])
    let b = sketch.node(.relu, [x], [1, 4])
    let c = sketch.node(.reshape, [a, sketch.integers([4])], [4], options: .reshape)
    let d = sketch.node(.reshape, [b, sketch.integers([4])], [4], options: .reshape)
    let y = sketch.node(.add, [c, d], [4], options: .add())
    try RuleRun(MergeOperators(), sketch.model(y)).expect(["RELU", "RESHAPE", "ADD"])
  }

  @Test func othersAreNot() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let a = sketch.node(.add, [x, sketch.random([4])], [1, 4], options: .add())
    let b = sketch.node(.add, [x, sketch.random([4])], [1, 4], options: .add())
    let c = sketch.node(.add, [a, b], [1, 4], options: .add(1))
    let d = sketch.node(.add, [a, b], [1, 4], options: .add())
    let y = sketch.node(.mul, [c, d], [1, 4], options: .mul())
    try RuleRun(MergeOperators(), sketch.model(y)).expectNothing()
  }

  @Test func outputsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.relu, [x], [4])
    let b = sketch.node(.relu, [x], [4])
    try RuleRun(MergeOperators(), sketch.model(a, b))
      .expectRefusal("it gives what RELU 0 gives, but its result is an output of the model")
  }

  @Test func randomNumbersStay() throws {
    let sketch = Sketch()
    let x = sketch.input([2], .int32)
    let a = sketch.node(.randomUniform, [x], [4])
    let b = sketch.node(.randomUniform, [x], [4])
    let y = sketch.node(.add, [a, b], [4], options: .add())
    try RuleRun(MergeOperators(), sketch.model(y)).expectNothing()
  }
}

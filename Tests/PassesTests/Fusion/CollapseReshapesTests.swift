import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct CollapseReshapesTests {
  @Test func lastOneDecides() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3, 4])
    let a = sketch.node(.reshape, [x, sketch.integers([6, 4])], [6, 4], options: .reshape)
    let b = sketch.node(.reshape, [a, sketch.integers([1, 24])], [1, 24], options: .reshape)
    let c = sketch.node(
      .squeeze, [b], [24],
      options: .init(code: 30, type: "SqueezeOptions", fields: [("squeeze_dims", .integers([0]))]))
    let d = sketch.node(
      .expandDims, [c, sketch.integers([1], [])], [24, 1],
      options: .init(code: 52, type: "ExpandDimsOptions", fields: []))
    let y = sketch.node(.neg, [d], [24, 1])
    try RuleRun(CollapseReshapes(), sketch.model(y)).expect(["RESHAPE", "NEG"])
  }

  @Test func sharedResultStays() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3])
    let a = sketch.node(.reshape, [x, sketch.integers([6])], [6], options: .reshape)
    let y = sketch.node(.reshape, [a, sketch.integers([3, 2])], [3, 2], options: .reshape)
    try RuleRun(CollapseReshapes(), sketch.model(y, a))
      .expectRefusal("the result of RESHAPE 0 is also an output of the model")
    let z = sketch.node(.neg, [a], [6])
    try RuleRun(CollapseReshapes(), sketch.model(y, z))
      .expectRefusal("the result of RESHAPE 0 is also used by NEG 2")
  }
}

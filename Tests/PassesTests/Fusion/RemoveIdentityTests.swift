import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RemoveIdentityTests {
  @Test func everyCopyGoes() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3])
    var y = sketch.node(.neg, [x], [2, 3])
    y = sketch.node(.reshape, [y, sketch.integers([2, 3])], [2, 3], options: .reshape)
    y = sketch.node(.transpose, [y, sketch.integers([0, -1])], [2, 3])
    y = sketch.node(.pad, [y, sketch.integers([0, 0, 0, 0], [2, 2])], [2, 3])
    y = sketch.node(.slice, [y, sketch.integers([0, 0]), sketch.integers([2, -1])], [2, 3])
    y = sketch.node(
      .stridedSlice, [y, sketch.integers([0, 0]), sketch.integers([2, 3]), sketch.integers([1, 1])], [2, 3],
      options: .init(code: 32, type: "StridedSliceOptions", fields: []))
    y = sketch.node(.concatenation, [y], [2, 3], options: .concatenation(axis: 0))
    y = sketch.node(.tile, [y, sketch.integers([1, 1])], [2, 3])
    y = sketch.node(.add, [y, sketch.filled([], 0)], [2, 3], options: .add())
    y = sketch.node(.mul, [sketch.filled([3], 1), y], [2, 3], options: .mul())
    y = sketch.node(.sub, [y, sketch.filled([1], 0)], [2, 3], options: .sub())
    y = sketch.node(.div, [y, sketch.filled([1], 1)], [2, 3], options: .div())
    try RuleRun(RemoveIdentity(), sketch.model(y)).expect(["NEG"])
  }

  @Test func otherReadersReadTheOutput() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.neg, [x], [4])
    let y = sketch.node(.reshape, [a, sketch.integers([4])], [4], options: .reshape)
    let z = sketch.node(.abs, [a], [4])
    try RuleRun(RemoveIdentity(), sketch.model(y, z)).expect(["NEG", "ABS"])
  }

  @Test func whatChangesNumbersStays() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 2])
    let a = sketch.node(.transpose, [x, sketch.integers([1, 0])], [2, 2])
    let b = sketch.node(
      .stridedSlice, [a, sketch.integers([0, 0]), sketch.integers([2, 2]), sketch.integers([-1, 1])], [2, 2],
      options: .init(code: 32, type: "StridedSliceOptions", fields: []))
    let c = sketch.node(.sub, [sketch.filled([1], 0), b], [2, 2], options: .sub())
    let d = sketch.node(.add, [c, sketch.filled([1], 0)], [2, 2], options: .add(1))
    try RuleRun(RemoveIdentity(), sketch.model(d)).expectNothing()
  }

  @Test func copyOfAnInputToAnOutputStays() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let y = sketch.node(.reshape, [x, sketch.integers([4])], [4], options: .reshape)
    try RuleRun(RemoveIdentity(), sketch.model(y))
      .expectRefusal("it copies an input to an output of the model")
  }

  @Test func otherScalesAreNoIdentity() throws {
    let sketch = Sketch()
    let x = sketch.input([4], .int8, .scale(0.5))
    let a = sketch.node(.abs, [x], [4], .int8, .scale(0.5))
    let y = sketch.node(
      .quantize, [a], [4], .int8, .scale(0.25),
      options: .init(code: 89, type: "QuantizeOptions", fields: []))
    try RuleRun(RemoveIdentity(), sketch.model(y)).expectNothing()
  }
}

import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct CollapseTransposesTests {
  @Test func ordersAreComposed() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3, 4])
    let a = sketch.node(.transpose, [x, sketch.integers([1, 2, 0])], [3, 4, 2])
    let y = sketch.node(.transpose, [a, sketch.integers([0, 2, 1])], [3, 2, 4])
    try RuleRun(CollapseTransposes(), sketch.model(y)).expect(["TRANSPOSE"])
  }

  @Test func inversesCancel() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3, 4])
    let a = sketch.node(.transpose, [x, sketch.integers([1, 2, 0])], [3, 4, 2])
    let b = sketch.node(.transpose, [a, sketch.integers([2, 0, 1])], [2, 3, 4])
    let y = sketch.node(.neg, [b], [2, 3, 4])
    var model = sketch.model(y)
    var log = PassLog()
    try Rewriter([CollapseTransposes(), RemoveIdentity()], pass: "test").run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.map(\.code.name) == ["NEG"])
    #expect(try ModelPair(before: sketch.model(y), after: model).difference().relative == 0)
  }

  @Test func sharedResultStays() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3])
    let a = sketch.node(.transpose, [x, sketch.integers([1, 0])], [3, 2])
    let y = sketch.node(.transpose, [a, sketch.integers([1, 0])], [2, 3])
    try RuleRun(CollapseTransposes(), sketch.model(y, a))
      .expectRefusal("the result of TRANSPOSE 0 is also an output of the model")
  }

  @Test func movingAxesOfOneIsAReshape() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 3, 1, 4])
    let y = sketch.node(.transpose, [x, sketch.integers([1, 3, 0, 2])], [3, 4, 1, 1])
    try RuleRun(ReshapeInsteadOfTranspose(), sketch.model(y)).expect(["RESHAPE"])
  }

  @Test func movingElementsIsNot() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 3, 1, 4])
    let y = sketch.node(.transpose, [x, sketch.integers([0, 3, 2, 1])], [1, 4, 1, 3])
    try RuleRun(ReshapeInsteadOfTranspose(), sketch.model(y)).expectNothing()
  }
}

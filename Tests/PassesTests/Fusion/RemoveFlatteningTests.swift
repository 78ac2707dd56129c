import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RemoveFlatteningTests {
  private func model(keeps: Bool) -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 2, 3, 2])
    let flat = sketch.node(.reshape, [x, sketch.integers([1, 12])], [1, 12], options: .reshape)
    var options = Sketch.Options.fullyConnected()
    if keeps { options.fields.append(("keep_num_dims", .integer(1))) }
    return sketch.model(
      sketch.node(.fullyConnected, [flat, sketch.random([3, 12]), nil], [1, 3], options: options))
  }

  @Test func rowsAreReadInAnyShape() throws {
    try RuleRun(RemoveFlattening(), model(keeps: false)).expect(["FULLY_CONNECTED"])
  }

  @Test func keptAxesNeedIt() throws {
    try RuleRun(RemoveFlattening(), model(keeps: true))
      .expectRefusal("it keeps the axes that RESHAPE 0 gives")
  }
}

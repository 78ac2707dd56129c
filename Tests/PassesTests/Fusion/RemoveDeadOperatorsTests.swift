import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RemoveDeadOperatorsTests {
  @Test func unreadChainsGo() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let dead = sketch.node(.square, [x], [4])
    _ = sketch.node(.abs, [dead], [4])
    let y = sketch.node(.neg, [x], [4])
    try RuleRun(RemoveDeadOperators(), sketch.model(y)).expect(["NEG"])
  }

  @Test func stateAndOutputsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let y = sketch.node(.neg, [x], [4])
    _ = sketch.node(
      .custom, [x], [4], options: nil)
    try RuleRun(RemoveDeadOperators(), sketch.model(y)).expectNothing()
  }
}

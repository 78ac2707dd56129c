import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RecognizeHardSwishTests {
  private enum Form: CaseIterable {
    case productLast, quotientLast, fractionInside, quotientInside
  }

  private func model(_ form: Form, isFused: Bool, isShared: Bool = false) -> Model {
    let sketch = Sketch()
    let x = sketch.input([4, 8])
    var r = sketch.node(.add, [x, sketch.filled([], 3)], [4, 8], options: .add(isFused ? 3 : 0))
    if !isFused { r = sketch.node(.relu6, [r], [4, 8]) }
    let clamped = r
    let y: ValueID
    switch form {
    case .productLast:
      let p = sketch.node(.mul, [x, r], [4, 8], options: .mul())
      y = sketch.node(.mul, [p, sketch.filled([1], 1.0 / 6)], [4, 8], options: .mul())
    case .quotientLast:
      let p = sketch.node(.mul, [r, x], [4, 8], options: .mul())
      y = sketch.node(.div, [p, sketch.filled([1], 6)], [4, 8], options: .div())
    case .fractionInside:
      let f = sketch.node(.mul, [r, sketch.filled([1], 1.0 / 6)], [4, 8], options: .mul())
      y = sketch.node(.mul, [f, x], [4, 8], options: .mul())
    case .quotientInside:
      let f = sketch.node(.div, [r, sketch.filled([1], 6)], [4, 8], options: .div())
      y = sketch.node(.mul, [x, f], [4, 8], options: .mul())
    }
    return isShared ? sketch.model(y, clamped) : sketch.model(y)
  }

  @Test(arguments: 0..<4, [false, true])
  func everyFormIsFound(form: Int, isFused: Bool) throws {
    try RuleRun(RecognizeHardSwish(), model(Form.allCases[form], isFused: isFused))
      .expect(["HARD_SWISH"], relative: 1e-6)
  }

  @Test func innerOutputsStay() throws {
    try RuleRun(RecognizeHardSwish(), model(.productLast, isFused: true, isShared: true))
      .expectRefusal("the result of ADD 0 is also a port of the model")
  }

  @Test func otherConstantsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let r = sketch.node(.add, [x, sketch.filled([], 2)], [4], options: .add(3))
    let p = sketch.node(.mul, [x, r], [4], options: .mul())
    let y = sketch.node(.mul, [p, sketch.filled([1], 1.0 / 6)], [4], options: .mul())
    try RuleRun(RecognizeHardSwish(), sketch.model(y)).expectNothing()
  }
}

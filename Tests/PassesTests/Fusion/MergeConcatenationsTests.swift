import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct MergeConcatenationsTests {
  private func model(innerParts: Int, axis: Int = 1, _ q: (Quantization?, Quantization?) = (nil, nil))
    -> Model
  {
    let sketch = Sketch()
    let type: ElementType = q.0 == nil ? .float32 : .int8
    let x = sketch.input([1, 2], type, q.0)
    let parts = (0..<innerParts).map { _ in
      sketch.node(.reshape, [x, sketch.integers([1, 2])], [1, 2], type, q.0, options: .reshape)
    }
    let inner = sketch.node(
      .concatenation, parts, [1, Int32(2 * innerParts)], type, q.0, options: .concatenation(axis: axis))
    let y = sketch.node(
      .concatenation, [x, inner, x], [1, Int32(2 * innerParts + 4)], type, q.1 ?? q.0,
      options: .concatenation(axis: -1))
    return sketch.model(y)
  }

  @Test func innerPartsMoveOut() throws {
    try RuleRun(MergeConcatenations(), model(innerParts: 2)).expect(["RESHAPE", "RESHAPE", "CONCATENATION"])
    let bytes = model(innerParts: 2, (.scale(0.1, 2), .scale(0.1, 2)))
    try RuleRun(MergeConcatenations(), bytes).expect(["RESHAPE", "RESHAPE", "CONCATENATION"])
  }

  @Test func moreThanTFLMTakesStay() throws {
    try RuleRun(MergeConcatenations(), model(innerParts: 9))
      .expectRefusal("TFLM joins at most 10 parts, together they would be 11")
  }

  @Test func otherScalesStay() throws {
    try RuleRun(MergeConcatenations(), model(innerParts: 2, (.scale(0.1), .scale(0.2))))
      .expectRefusal("a part has another scale or zero point")
  }
}

import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct CollapseQuantizationTests {
  private let quantize = Sketch.Options(code: 89, type: "QuantizeOptions", fields: [])

  /// int8 → float32 → int8 in another scale → ABS.
  private func model(_ first: Quantization, _ second: Quantization) -> Model {
    let sketch = Sketch()
    let x = sketch.input([64], .int8, first)
    let a = sketch.node(.dequantize, [x], [64])
    let b = sketch.node(.quantize, [a], [64], .int8, second, options: quantize)
    return sketch.model(sketch.node(.abs, [b], [64], .int8, second))
  }

  @Test func samePairCancels() throws {
    try RuleRun(CollapseQuantization(), model(.scale(0.1, 3), .scale(0.1, 3))).expect(["ABS"])
  }

  @Test func otherScaleIsOneStepWhereNoNumberDiffers() throws {
    try RuleRun(CollapseQuantization(), model(.scale(0.5, 3), .scale(0.25, -4))).expect(["QUANTIZE", "ABS"])
  }

  @Test func roundingTwiceStays() throws {
    let sketch = Sketch()
    let x = sketch.input([64], .int8, .scale(0.1))
    let a = sketch.node(.quantize, [x], [64], .int8, .scale(0.3), options: quantize)
    let y = sketch.node(.quantize, [a], [64], .int8, .scale(0.1), options: quantize)
    let run = try RuleRun(CollapseQuantization(), sketch.model(y))
    #expect(run.log.edits.isEmpty)
    #expect(run.refusals.first?.hasPrefix("one step in place of two would change ") == true)
  }

  @Test func roundingOfFloatsStays() throws {
    let sketch = Sketch()
    let x = sketch.input([8])
    let a = sketch.node(.quantize, [x], [8], .int8, .scale(0.1), options: quantize)
    let y = sketch.node(.dequantize, [a], [8])
    try RuleRun(CollapseQuantization(), sketch.model(y))
      .expectRefusal("QUANTIZE 0 rounds to stored numbers, which is part of the answers")
  }

  @Test func otherReadersKeepTheFirst() throws {
    let sketch = Sketch()
    let x = sketch.input([8], .int8, .scale(0.1))
    let a = sketch.node(.dequantize, [x], [8])
    let b = sketch.node(.quantize, [a], [8], .int8, .scale(0.1), options: quantize)
    let y = sketch.node(.abs, [b], [8], .int8, .scale(0.1))
    try RuleRun(CollapseQuantization(), sketch.model(y, a)).expect(["DEQUANTIZE", "ABS"])
  }
}

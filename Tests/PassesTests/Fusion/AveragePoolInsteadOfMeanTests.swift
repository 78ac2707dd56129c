import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct AveragePoolInsteadOfMeanTests {
  private func model(
    rows: Int32, columns: Int32, keeps: Bool, _ type: ElementType = .float32, _ first: Quantization? = nil,
    _ second: Quantization? = nil
  ) -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, rows, columns, 4], type, first)
    let y = sketch.node(
      .mean, [x, sketch.integers([1, -2])], keeps ? [1, 1, 1, 4] : [1, 4], type, second ?? first,
      options: .reducer(keepsDimensions: keeps))
    return sketch.model(y)
  }

  @Test func floatsAreTheSame() throws {
    try RuleRun(AveragePoolInsteadOfMean(), model(rows: 5, columns: 7, keeps: true))
      .expect(["AVERAGE_POOL_2D"])
  }

  @Test func readersThatDoNotMindTakeTheAxes() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 3, 3, 4])
    let a = sketch.node(
      .mean, [x, sketch.integers([1, 2])], [1, 4], options: .reducer(keepsDimensions: false))
    let y = sketch.node(
      .fullyConnected, [a, sketch.random([2, 4]), nil], [1, 2], options: .fullyConnected())
    try RuleRun(AveragePoolInsteadOfMean(), sketch.model(y)).expect(["AVERAGE_POOL_2D", "FULLY_CONNECTED"])
    let z = sketch.node(.neg, [a], [1, 4])
    try RuleRun(AveragePoolInsteadOfMean(), sketch.model(y, z))
      .expectRefusal("its result has lost its axes, and NEG 2 would need a RESHAPE")
  }

  @Test func droppedAxesOfAnOutputStay() throws {
    try RuleRun(AveragePoolInsteadOfMean(), model(rows: 2, columns: 2, keeps: false))
      .expectRefusal("its result, which has lost its axes, is an output")
  }

  @Test func oneByteIsItsMean() throws {
    try RuleRun(AveragePoolInsteadOfMean(), model(rows: 1, columns: 1, keeps: true, .int8, .scale(0.1, 7)))
      .expect(["AVERAGE_POOL_2D"])
  }

  @Test func sumsThatRoundOtherwiseStay() throws {
    let run = try RuleRun(
      AveragePoolInsteadOfMean(), model(rows: 4, columns: 4, keeps: true, .int8, .scale(0.1, 3)))
    #expect(run.log.edits.isEmpty)
    #expect(run.refusals.first?.hasPrefix("AVERAGE_POOL_2D would round ") == true)
  }

  @Test func otherScaleStays() throws {
    try RuleRun(
      AveragePoolInsteadOfMean(),
      model(rows: 3, columns: 3, keeps: true, .int8, .scale(0.1), .scale(0.2))
    ).expectRefusal("its result has another scale or zero point, which AVERAGE_POOL_2D cannot give")
  }

  @Test func otherAxesAreNoPool() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 3, 3, 4])
    let y = sketch.node(
      .mean, [x, sketch.integers([3])], [1, 3, 3, 1], options: .reducer(keepsDimensions: true))
    try RuleRun(AveragePoolInsteadOfMean(), sketch.model(y)).expectNothing()
  }
}

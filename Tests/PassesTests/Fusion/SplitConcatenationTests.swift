import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct SplitConcatenationTests {
  private func model(parts: Int, _ q: Quantization? = nil, other: Quantization? = nil) -> Model {
    let sketch = Sketch()
    let type: ElementType = q == nil ? .float32 : .int8
    let x = sketch.input([2, 3], type, q)
    let z = sketch.input([2, 3], type, other ?? q)
    let y = sketch.node(
      .concatenation, [z] + (1..<parts).map { _ in x }, [2, Int32(3 * parts)], type, q,
      options: .concatenation(axis: -1))
    return sketch.model(y)
  }

  @Test func tenAreJoinedAtATime() throws {
    let run = try RuleRun(SplitConcatenation(), model(parts: 21))
    try run.expect(["CONCATENATION", "CONCATENATION", "CONCATENATION"])
    #expect(run.result.graphs[0].nodes.map(\.inputs.count) == [10, 10, 3])
    try RuleRun(SplitConcatenation(), model(parts: 11, .scale(0.1, 3)))
      .expect(["CONCATENATION", "CONCATENATION"])
  }

  @Test func tenAreNotTooMany() throws {
    try RuleRun(SplitConcatenation(), model(parts: 10)).expectNothing()
  }

  @Test func otherScalesStay() throws {
    try RuleRun(SplitConcatenation(), model(parts: 11, .scale(0.1), other: .scale(0.2))).expectRefusal(
      "TFLM joins at most 10 parts, but these have other scales or zero points")
  }

  @Test func mergingDoesNotUndoIt() throws {
    var model = model(parts: 25)
    var log = PassLog()
    try Rewriter([MergeConcatenations(), SplitConcatenation()], pass: "test").run(on: &model, log: &log)
    #expect(log.edits.count == 2)
  }
}

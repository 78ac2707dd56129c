import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FoldShapeTests {
  private func model(_ change: (inout Value) -> Void = { _ in }) -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 4, 6])
    sketch.change(x, change)
    let shape = sketch.node(
      .shape, [x], [3], .int32,
      options: .init(code: 55, type: "ShapeOptions", fields: [("out_type", .integer(2))]))
    let first = sketch.node(
      .stridedSlice, [shape, sketch.integers([0]), sketch.integers([1]), sketch.integers([1])], [], .int32,
      options: .init(code: 32, type: "StridedSliceOptions", fields: [("shrink_axis_mask", .integer(1))]))
    let packed = sketch.node(
      .pack, [first, sketch.integers([24], [])], [2], .int32,
      options: .init(code: 59, type: "PackOptions", fields: [("values_count", .integer(2))]))
    return sketch.model(sketch.node(.reshape, [x, packed], [1, 24], options: .reshape))
  }

  @Test func staticShapeBecomesAConstant() throws {
    try RuleRun(FoldShape(), model()).expect(["STRIDED_SLICE", "PACK", "RESHAPE"])
  }

  @Test func shapeArithmeticFollows() throws {
    var model = model()
    let before = model
    var log = PassLog()
    try Rewriter([FoldShape(), FoldConstants()], pass: "test").run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.map(\.code.name) == ["RESHAPE"])
    #expect(try ModelPair(before: before, after: model).difference().relative == 0)
  }

  @Test func openShapeStays() throws {
    try RuleRun(FoldShape(), model { $0.shapeSignature = [1, -1, 6] })
      .expectRefusal("dimension 1 of its operand is open")
  }
}

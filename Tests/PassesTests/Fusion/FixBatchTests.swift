import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FixBatchTests {
  private func model(_ signature: [Int32], _ builtin: BuiltinOperator = .neg, batch: Int32 = 1) -> Model {
    let sketch = Sketch()
    let x = sketch.input([batch, 4])
    let y = sketch.node(builtin, [x], [batch, 4])
    sketch.change(x) { $0.shapeSignature = signature }
    sketch.change(y) { $0.shapeSignature = [-1, 4] }
    return sketch.model(y)
  }

  private func run(_ model: Model) -> (model: Model, log: PassLog) {
    var model = model
    var log = PassLog()
    FixBatch.run(on: &model, log: &log)
    return (model, log)
  }

  @Test func openBatchIsFixed() throws {
    let (model, log) = run(model([-1, 4]))
    #expect(model.graphs[0].values.allSatisfy { $0.shapeSignature == nil })
    #expect(log.edits.map(\.sentence) == ["the batch is fixed in 2 tensors"])
  }

  @Test func otherOpenAxesStay() {
    let (model, log) = run(model([-1, -1]))
    #expect(model.graphs[0].values[1].shapeSignature == [-1, 4])
    #expect(
      log.refusals.map(\.sentence) == ["dimension 1 of input 'v0' is open, and no size is known for it"])
  }

  @Test func otherBatchesAndDataDependentShapesStay() {
    #expect(
      run(model([-1, 4], batch: 2)).log.refusals.map(\.sentence) == ["input 'v0' has a batch of 2, not 1"])
    #expect(
      run(model([-1, 4], .where)).log.refusals.map(\.sentence)
        == ["the shape that operator 0 (WHERE) gives depends on data"])
  }
}

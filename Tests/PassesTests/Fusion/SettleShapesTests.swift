import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct SettleShapesTests {
  /// RESHAPE to the shape of its operand, declared for another batch, with an open one in its signature.
  private func model(batch: Int32) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 2, 3], .float32)
    let shape = builder.value("shape", [3], .int32)
    builder.node(.shape, [input], [shape])
    let flat = builder.value("flat", [batch, 2, 3], .float32)
    builder.node(.reshape, [input, shape], [flat])
    let result = builder.value("y", [batch, 2, 3], .float32)
    builder.node(.abs, [flat], [result])
    builder.outputs([result])
    return Model(graphs: [builder.graph])
  }

  private func run(_ model: Model) -> (model: Model, log: PassLog) {
    var (model, log) = (model, PassLog())
    SettleShapes.run(on: &model, log: &log)
    return (model, log)
  }

  @Test func declaredBatchesBecomeThoseOfTheInput() {
    let (settled, log) = run(model(batch: 32))
    #expect(settled.graphs[0].values.map(\.dimensions) == [[1, 2, 3], [3], [1, 2, 3], [1, 2, 3]])
    #expect(log.edits.map(\.sentence) == ["2 tensors with the shapes that operators give them"])
  }

  @Test func whatIsDeclaredRightlyStays() {
    let (settled, log) = run(model(batch: 1))
    #expect(settled.isSame(as: model(batch: 1)))
    #expect(log.edits.isEmpty)
  }

  /// Behind it, SHAPE is a constant and the RESHAPE does nothing.
  @Test func theCleanUpGoesOnFromThere() throws {
    var (model, log) = (model(batch: 32), PassLog())
    try CleanUp().run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.map(\.code.builtin) == [.abs])
    #expect(model.graphs[0].outputs.compactMap { $0.map { model.graphs[0][$0].dimensions } } == [[1, 2, 3]])
  }
}

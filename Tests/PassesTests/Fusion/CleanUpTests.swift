import Passes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct CleanUpTests {
  /// A float model in which many rules have to work together: shape arithmetic, PAD, batch normalization, an
  /// activation, MEAN, a dead branch, equal constants.
  private func model() -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 9, 9, 2])
    let shape = sketch.node(
      .shape, [x], [4], .int32,
      options: .init(code: 55, type: "ShapeOptions", fields: [("out_type", .integer(2))]))
    let same = sketch.node(.reshape, [x, shape], [1, 9, 9, 2], options: .reshape)
    let padded = sketch.node(
      .pad, [same, sketch.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])], [1, 11, 11, 2])
    let conv = sketch.node(
      .conv2D, [padded, sketch.random([4, 3, 3, 2])], [1, 9, 9, 4], options: .convolution())
    let scaled = sketch.node(.mul, [conv, sketch.random([4])], [1, 9, 9, 4], options: .mul())
    let shifted = sketch.node(.add, [scaled, sketch.random([4])], [1, 9, 9, 4], options: .add())
    _ = sketch.node(.neg, [shifted], [1, 9, 9, 4])
    let clamped = sketch.node(
      .maximum, [shifted, sketch.filled([], 0)], [1, 9, 9, 4],
      options: .init(code: 39, type: "MaximumMinimumOptions", fields: []))
    let mean = sketch.node(
      .mean, [clamped, sketch.integers([1, 2])], [1, 4], options: .reducer(keepsDimensions: false))
    let dense = sketch.node(
      .fullyConnected, [mean, sketch.random([3, 4]), nil], [1, 3], options: .fullyConnected())
    sketch.change(x) { $0.shapeSignature = [-1, 9, 9, 2] }
    return sketch.model(dense)
  }

  private func cleaned(_ model: Model, _ pass: CleanUp = CleanUp()) throws -> (model: Model, log: PassLog) {
    var model = model
    var log = PassLog()
    try pass.run(on: &model, log: &log)
    return (model, log)
  }

  @Test func rulesWorkTogether() throws {
    let (result, _) = try cleaned(model())
    #expect(result.graphs[0].nodes.map(\.code.name) == ["CONV_2D", "AVERAGE_POOL_2D", "FULLY_CONNECTED"])
    #expect(result.graphs[0].nodes[0].attributes.integer("fused_activation_function") == 1)
    #expect(try ModelPair(before: model(), after: result).difference().relative <= 1e-5)
  }

  @Test func equalModelsGiveEqualLogs() throws {
    #expect(try cleaned(model()).log == cleaned(model()).log)
  }

  @Test func stalePlansGo() throws {
    var planned = model()
    planned.metadata = ["OfflineMemoryAllocation", "min_runtime_version"].map {
      .init(name: $0, data: TensorData([1]))
    }
    #expect(try cleaned(planned).model.metadata?.compactMap(\.name) == ["min_runtime_version"])
  }

  @Test func unknownOperatorsAreLeftAlone() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(BuiltinOperator(rawValue: 9_999), [x], [4])
    let y = sketch.node(.relu, [a], [4])
    let (result, log) = try cleaned(sketch.model(y))
    #expect(result.graphs[0].nodes.count == 2)
    #expect(log.edits.isEmpty)
  }

  @Test func brokenModelIsAnError() {
    var model = model()
    model.graphs[0].nodes.reverse()
    let broken = model
    #expect(throws: PassError.self) { try cleaned(broken) }
  }

  @Test func rulesHaveDifferentNames() {
    let names = CleanUp().rules.map { type(of: $0).name }
    #expect(Set(names).count == names.count)
  }
}

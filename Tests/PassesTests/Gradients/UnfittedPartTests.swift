import Datasets
import Execution
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Outputs and operators in which nothing that is fitted has a part.
@Suite struct UnfittedPartTests {
  enum Form: CaseIterable {
    /// A second output that is the input in another shape.
    case passing
    /// A second output of the input alone.
    case besides
    /// An operator that reads two inputs, and no layer before it.
    case inputsOnly
    /// A layer that no output needs.
    case unneededLayer
    /// An output that is an input.
    case input
    /// An output that is a constant.
    case constant
    /// An input with data in front of a layer.
    case constantInput
  }

  private func model(_ form: Form) -> Model {
    var graphs = FloatGraphs(seed: 5)
    let x = graphs.builder.input("x", [1, 4], .float32)
    let y = graphs.builder.input("y", [1, 4], .float32)
    let hidden = graphs.unary(.relu, graphs.dense(x, outputs: 8))
    var outputs = [graphs.dense(hidden, outputs: 3)]
    switch form {
    case .passing: outputs.append(graphs.flatten(y))
    case .besides: outputs.append(graphs.unary(.relu, x))
    case .inputsOnly: outputs.append(graphs.unary(.tanh, graphs.binary(.add, x, y)))
    case .unneededLayer: _ = graphs.dense(y, outputs: 5)
    case .input: outputs.append(y)
    case .constant: outputs.append(graphs.constant([1, 4]))
    case .constantInput: outputs.append(graphs.binary(.mul, y, graphs.constant([1, 4])))
    }
    var model = graphs.model(outputs: outputs)
    if form == .constantInput { model.graphs[0].values[y.index].data = TensorData(floats: [1, 2, 3, 4]) }
    return model
  }

  @Test(arguments: Form.allCases) func modelsArePruned(form: Form) throws {
    let original = model(form)
    var pruned = original
    var log = PassLog()
    let samples = try SampleSet.random(for: original, count: 40, seed: 5)
    try ChannelPruning(.init(fraction: 0.3, epochs: 2), calibration: samples).run(on: &pruned, log: &log)
    try GraphVerifier().verify(pruned)
    let sample = try samples.sample(0)
    let (before, after) = (
      try Session(Interpreter(original)).run(sample), try Session(Interpreter(pruned)).run(sample)
    )
    #expect(Array(before.dropFirst()) == Array(after.dropFirst()))
  }

  @Test(arguments: Form.allCases) func modelsAreDecomposed(form: Form) throws {
    var decomposed = model(form)
    var log = PassLog()
    let samples = try SampleSet.random(for: decomposed, count: 40, seed: 5)
    let options = LayerDecomposition.Options(errorBudget: 0.01, goal: .multiplyAccumulates)
    try LayerDecomposition(options, calibration: samples).run(on: &decomposed, log: &log)
    try GraphVerifier().verify(decomposed)
  }

  @Test func noLayerAtAllChangesNothing() throws {
    let model = SampleModels.chain(.relu, .neg)
    var result = model
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: 20, seed: 1)
    let options = LayerDecomposition.Options(errorBudget: 0.01, goal: .bytes)
    try LayerDecomposition(options, calibration: samples).run(on: &result, log: &log)
    #expect(result.graphs[0].nodes.count == 2)
  }

  private func unwritten() -> Model {
    var graphs = FloatGraphs(seed: 5)
    let x = graphs.builder.input("x", [1, 4], .float32)
    let nothing = graphs.builder.value("nothing", [1, 8], .float32)
    let sum = graphs.binary(.add, graphs.dense(x, outputs: 8), nothing)
    let scores = graphs.dense(sum, outputs: 3)
    return graphs.model(outputs: [scores])
  }

  @Test func operandsThatNothingWritesAreNamed() throws {
    let model = unwritten()
    let samples = try SampleSet.random(for: model, count: 20, seed: 1)
    let options = LayerDecomposition.Options(errorBudget: 0.01, goal: .bytes)
    let passes: [any Pass] = [
      ChannelPruning(.init(fraction: 0.3, epochs: 1), calibration: samples),
      LayerDecomposition(options, calibration: samples),
    ]
    for pass in passes {
      var (copy, log) = (model, PassLog())
      #expect {
        try pass.run(on: &copy, log: &log)
      } throws: {
        "\($0)".contains("operator 1 (ADD): it reads tensor 1 'nothing', which nothing writes")
      }
    }
  }

  @Test func biasesOfAnotherLengthMakeNoLayer() {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4], .float32)
    let y = graphs.value([1, 3])
    graphs.builder.node(.fullyConnected, [x, graphs.constant([3, 4]), graphs.constant([2])], [y])
    #expect(LinearLayer(NodeID(0), in: graphs.model(outputs: [y]).graphs[0]) == nil)
  }
}

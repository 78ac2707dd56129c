import Datasets
import GraphIR
import ModelFiles
import Passes
import Planning
import Runtimes
import Testing
import Workflows
import _TestSupport

/// No recipe writes an operator with an operand marked as absent where a runtime wants one or none at all, nor a
/// CONV_2D without bias, which LiteRT does not take.
@Suite struct AbsentOperandTests {
  private static let recipes: [Recipe] = {
    let decomposed = Recipe.Decomposition(.bytes, errorPercent: 30)
    let precisions: [Recipe.Precision?] = [nil, .float16, .dynamic, .int8, .int16x8]
    return precisions.flatMap { precision in
      [(decomposed, nil), (nil, .channels(percent: 20)), (nil, nil)].map {
        (decomposition, pruning) -> Recipe in
        var recipe = Recipe()
        recipe.decomposition = decomposition
        recipe.pruning = pruning
        recipe.refits = false
        recipe.quantization = precision.map { Recipe.Quantization($0) }
        return recipe
      }
    }
  }()

  /// Layers whose bias LiteRT reads where there is a place for one.
  private static let strict: Set<BuiltinOperator> = [.conv2D, .depthwiseConv2D, .transposeConv]

  @Test(arguments: [FloatNet.Kind.unbiased, .any, .dilated]) func everyLayerHasABiasOrNone(
    kind: FloatNet.Kind
  ) throws {
    let model = FloatNet(kind, seed: 3).model
    let planner = Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [], writesOffsets: false))
    let samples = try SampleSet.random(for: model, count: 4, seed: 1)
    for recipe in Self.recipes {
      let result = try Optimization(model, recipe, calibration: samples, planner: planner, test: nil)
        .run(maximumDrop: nil)
      for graph in try ModelFile.parse(ModelFile.serialize(result.model), name: "written").graphs {
        for node in graph.nodes where Self.strict.contains(node.code.builtin) {
          let place = "\(recipe.options): \(node.code.name)"
          #expect(!node.inputs.contains(nil), "\(place)")
          #expect(node.code.builtin != .conv2D || node.inputs.count == 3, "\(place)")
        }
      }
    }
  }
}

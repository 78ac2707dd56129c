package import Datasets
import Execution
package import GraphIR
import ModelFiles
package import Passes
package import Planning
import Runtimes

/// Makes a model smaller by a recipe, and judges every step.
package struct Optimization {
  package let original: Model
  package let recipe: Recipe
  /// Samples that show which numbers occur; nil where the recipe needs none.
  package let calibration: SampleSet?
  package let planner: Planner<TFLMBuild>
  package let gauge: ModelGauge
  package let threadCount: Int?
  /// Whether samples follow each other.
  package let isSequence: Bool
  /// The memory of the board that the arena has to fit; nil where none is chosen.
  package let boardArena: Int?

  package init(
    _ original: Model, _ recipe: Recipe, calibration: SampleSet?, planner: Planner<TFLMBuild>,
    test: ModelGauge.TestData?, threadCount: Int? = nil, isSequence: Bool = false, boardArena: Int? = nil
  ) {
    self.boardArena = boardArena
    self.original = original
    self.recipe = recipe
    self.calibration = calibration
    self.planner = planner
    self.threadCount = threadCount
    self.isSequence = isSequence
    gauge = ModelGauge(
      original, planner: planner,
      fileBytes: { model in
        if let count = original.sourceByteCount, model.isSame(as: original) { return count }
        return try ModelFile.serialize(model).count
      }, test: test)
  }

  /// Runs the recipe.
  ///
  /// - Parameters:
  ///   - maximumDrop: how far the accuracy may drop below the original's, as a share; nil for no limit.
  ///   - stopAfter: how many steps to take; nil for all.
  ///   - progress: hears the name of each step when it begins.
  /// - Throws: `PassError` of a step that cannot take the model, and what measuring throws.
  package func run(
    maximumDrop: Double?, stopAfter: Int? = nil, progress: (String) -> Void = { _ in }
  ) throws -> Pipeline.Result {
    let all = RecipeSteps(
      recipe, calibration: calibration, planner: planner, threadCount: threadCount, isSequence: isSequence,
      boardArena: boardArena, isStored: QuantizeNarrow.isForStored(original)
    ).steps
    return try Pipeline(stopAfter.map { Array(all.prefix($0)) } ?? all, maximumDrop: maximumDrop)
      .run(on: original, measure: { try gauge.figures(of: $0) }, progress: progress)
  }

  /// The size behind deflate, where zeros among the weights are all that was gained.
  package func deflatedBytes(of model: Model) throws -> Int? {
    switch recipe.pruning {
    case .magnitude, .pattern: DeflatedSize.byteCount(of: try ModelFile.serialize(model))
    case .channels, nil: nil
    }
  }
}

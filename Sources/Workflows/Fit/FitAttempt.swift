package import Passes

/// One recipe that was tried to make a model fit, and what came of it.
package struct FitAttempt: Sendable {
  package let recipe: Recipe
  /// nil where a step did not take the model.
  package let figures: ModelFigures?
  /// nil where nothing was measured.
  package let shortage: FitShortage?
  /// Points of accuracy lost; nil where they are not known.
  package let lostPoints: Double?
  /// Why TFLM does not run the result, as a clause; nil where it does.
  package let refusal: String?
  /// Why there is no result; nil where there is one.
  package let failure: String?
  /// The month of the first TFLM that runs the result; nil for any.
  package let neededRelease: String?
  /// The gentler form that a step took, or `taken back`; nil where all went as the recipe says.
  package let softening: String?

  package init(
    _ recipe: Recipe, figures: ModelFigures, shortage: FitShortage, lostPoints: Double? = nil,
    refusal: String? = nil, neededRelease: String? = nil, softening: String? = nil
  ) {
    self.neededRelease = neededRelease
    self.recipe = recipe
    self.figures = figures
    self.shortage = shortage
    self.lostPoints = lostPoints
    self.refusal = refusal
    self.softening = softening
    failure = nil
  }

  package init(_ recipe: Recipe, failure: String) {
    self.recipe = recipe
    self.failure = failure
    (figures, shortage, lostPoints, refusal, neededRelease, softening) = (nil, nil, nil, nil, nil, nil)
  }

  /// The options of `nnopt optimize` by which attempts differ; none for what changes no answer.
  package var options: [String] {
    var own = Recipe()
    own.pruning = recipe.pruning
    own.quantization = recipe.quantization
    own.compression = recipe.compression
    own.stripes = recipe.stripes
    own.strips = recipe.strips
    return own.options
  }

  /// Whether board and runtime take it, whatever its accuracy.
  package var isSmallEnough: Bool { shortage?.isNone == true && refusal == nil }

  /// Whether it loses at most so many points.
  package func isAccurate(within points: Double) -> Bool {
    // A drop of just so many points counts as kept, whatever the last bit of the difference says.
    failure == nil && (lostPoints ?? 0) <= points + 1e-7
  }
}

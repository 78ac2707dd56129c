import Passes

/// Which recipes are tried to make a model fit, the least harmful first.
///
/// What changes no answer comes first, then int8, then fewer and fewer channels. A rung depends on what the rungs
/// before it have found.
package struct FitLadder: Sendable {
  /// What every rung shares; it neither prunes nor quantizes.
  package let base: Recipe
  /// Whether an integer model keeps float32 inputs and outputs.
  package let hasFloatPorts: Bool
  /// Whether there are samples to calibrate with.
  package let hasSamples: Bool
  /// Whether the model's numbers can become int8.
  package let isQuantizable: Bool

  /// Whether its numbers are stored in fewer bits, so that there is a float form.
  package let isStored: Bool
  /// Whether integers are made of the float form only.
  package let needsFloats: Bool

  /// Percents of the multiply-accumulates that go.
  static let percents: [Double] = [10, 20, 30, 40, 50, 60, 70, 80]

  package init(
    base: Recipe, hasFloatPorts: Bool = false, hasSamples: Bool, isQuantizable: Bool, isStored: Bool = false,
    needsFloats: Bool = false
  ) {
    var base = base
    (base.pruning, base.decomposition, base.quantization) = (nil, nil, nil)
    base.restoresFloats = false
    self.base = base
    self.hasFloatPorts = hasFloatPorts
    self.hasSamples = hasSamples
    self.isQuantizable = isQuantizable
    self.isStored = isStored
    self.needsFloats = needsFloats
  }

  /// The recipe to try next; nil where one was small enough, or there are no more.
  package func next(after attempts: [FitAttempt]) -> Recipe? {
    guard let first = attempts.first else { return base }
    if attempts.contains(where: \.isSmallEnough) { return nil }
    var recipe = base
    // Names take flash only.
    recipe.strips = base.strips || first.shortage.map { $0.flashBytes > 0 } ?? false
    if recipe.strips != base.strips, first.shortage?.arenaBytes == 0, attempts.count == 1 { return recipe }
    if isStored, first.refusal != nil, attempts.count == 1 {
      recipe.quantization = Recipe.Quantization(.float32)
      recipe.restoresFloats = true
      return recipe
    }
    return hasSamples && isQuantizable ? integers(recipe, after: attempts) : nil
  }

  private func integers(_ base: Recipe, after attempts: [FitAttempt]) -> Recipe? {
    let integers = attempts.filter { $0.recipe.quantization?.precision.isInteger == true }
    var recipe = base
    recipe.restoresFloats = needsFloats
    recipe.quantization = Recipe.Quantization(.int8)
    recipe.quantization?.hasFloatPorts = hasFloatPorts
    guard let last = integers.last else { return recipe }
    if integers.allSatisfy({ $0.failure != nil }) {
      guard integers.count == 1 else { return nil }
      recipe.quantization?.precision = .int8Fallback
      return recipe
    }
    recipe.quantization?.precision = last.recipe.quantization?.precision ?? .int8
    // Pruning harms most: nobody wants it unjudged.
    guard attempts.first?.figures?.top1 != nil, last.failure == nil || last.recipe.pruning == nil else {
      return nil
    }
    return pruned(recipe, beyond: last.recipe.pruning)
  }

  private func pruned(_ recipe: Recipe, beyond pruning: Recipe.Pruning?) -> Recipe? {
    var reached = 0.0
    if case .channels(let percent) = pruning { reached = percent }
    guard let percent = Self.percents.first(where: { $0 > reached }) else { return nil }
    var recipe = recipe
    recipe.pruning = .channels(percent: percent)
    return recipe
  }
}

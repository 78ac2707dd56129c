import Passes

/// Which recipes are tried to make a model fit, the least harmful first.
///
/// What changes no answer comes first: clean-up and plan, names and coded weights where flash is short, stripes where
/// the arena is; then int8, weights of 4 bits where flash is short, then fewer and fewer channels. A rung depends on what the rungs before it have found.
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
  /// Whether it has int8 weights beside int8 activations, which can take 4 bits.
  package let hasIntegerWeights: Bool

  /// Multiply-accumulates that stripes may add, in parts of the model's.
  static let stripeParts = [Recipe.Stripes.defaultPart, 0.5]
  /// Percents of the multiply-accumulates that go.
  static let percents: [Double] = [10, 20, 30, 40, 50, 60, 70, 80]

  package init(
    base: Recipe, hasFloatPorts: Bool = false, hasSamples: Bool, isQuantizable: Bool, isStored: Bool = false,
    needsFloats: Bool = false, hasIntegerWeights: Bool = false
  ) {
    self.hasIntegerWeights = hasIntegerWeights
    var base = base
    (base.pruning, base.decomposition, base.quantization) = (nil, nil, nil)
    (base.compression, base.stripes) = (nil, nil)
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
    let tried = Set(attempts.map(\.recipe))
    if let recipe = exactRungs(after: attempts).first(where: { !tried.contains($0) }) { return recipe }
    guard hasSamples else { return nil }
    if hasIntegerWeights { return narrowedStored(common(first), after: attempts) }
    return isQuantizable ? integers(common(first), after: attempts) : nil
  }

  /// What every rung behind the first does.
  private func common(_ first: FitAttempt) -> Recipe {
    var recipe = base
    // Names take flash only.
    recipe.strips = base.strips || first.shortage.map { $0.flashBytes > 0 } ?? false
    return recipe
  }

  /// Recipes that change no answer.
  private func exactRungs(after attempts: [FitAttempt]) -> [Recipe] {
    guard let first = attempts.first else { return [] }
    guard first.refusal == nil else { return floatRungs(after: attempts) }
    guard let shortage = first.shortage else { return [] }
    let recipe = common(first)
    guard shortage.arenaBytes == 0 else { return striped(recipe) }
    var coded = recipe
    coded.compression = Recipe.Compression(.auto)
    return shortage.flashBytes > 0 ? [recipe, coded] : []
  }

  /// The float form of what TFLM refuses as it is stored, then with stripes.
  private func floatRungs(after attempts: [FitAttempt]) -> [Recipe] {
    guard isStored else { return [] }
    var recipe = base
    recipe.quantization = Recipe.Quantization(.float32)
    recipe.restoresFloats = true
    guard let whole = attempts.first(where: { $0.recipe == recipe }), whole.refusal == nil,
      let shortage = whole.shortage, shortage.arenaBytes > 0
    else { return [recipe] }
    return [recipe] + striped(recipe)
  }

  /// A recipe with stripes, the least work first.
  private func striped(_ recipe: Recipe) -> [Recipe] {
    // Much more work is no less harm than int8, which makes it less.
    let parts = hasSamples && isQuantizable ? Array(Self.stripeParts.prefix(1)) : Self.stripeParts
    return parts.map { striped(recipe, $0) }
  }

  private func striped(_ recipe: Recipe, _ part: Double) -> Recipe {
    var recipe = recipe
    recipe.stripes = Recipe.Stripes()
    recipe.stripes?.isOnlyToFit = true
    recipe.stripes?.extraPart = part
    return recipe
  }

  private func integers(_ base: Recipe, after attempts: [FitAttempt]) -> Recipe? {
    let integers = attempts.filter { $0.recipe.quantization?.precision.isInteger == true }
    var recipe = base
    recipe.restoresFloats = needsFloats
    recipe.quantization = Recipe.Quantization(.int8)
    recipe.quantization?.hasFloatPorts = hasFloatPorts
    let parts = isArenaShort(attempts) ? Self.stripeParts : []
    guard let last = integers.last else { return parts.first.map { striped(recipe, $0) } ?? recipe }
    if integers.allSatisfy({ $0.failure != nil }) {
      guard integers.count == 1 else { return nil }
      recipe.quantization?.precision = .int8Fallback
      return parts.first.map { striped(recipe, $0) } ?? recipe
    }
    recipe.quantization?.precision = last.recipe.quantization?.precision ?? .int8
    guard last.failure == nil || last.recipe.pruning == nil else { return nil }
    let reached = last.recipe.stripes?.extraPart ?? 0
    if last.failure == nil, let part = parts.first(where: { $0 > reached }) { return striped(recipe, part) }
    if let narrow = narrowed(recipe, parts.last, after: integers) { return narrow }
    // Pruning harms most: nobody wants it unjudged.
    guard attempts.first?.figures?.top1 != nil else { return nil }
    if integers.contains(where: isWorthKeeping) { recipe.quantization?.weights = .int4 }
    return pruned(parts.last.map { striped(recipe, $0) } ?? recipe, beyond: last.recipe.pruning)
  }

  /// Weights of 4 bits for a model that is quantized already, where flash is short, and with stripes where the arena is.
  private func narrowedStored(_ base: Recipe, after attempts: [FitAttempt]) -> Recipe? {
    var recipe = base
    recipe.quantization = Recipe.Quantization(.int8)
    return narrowed(recipe, isArenaShort(attempts) ? Self.stripeParts.last : nil, after: attempts)
  }

  private func isArenaShort(_ attempts: [FitAttempt]) -> Bool {
    attempts.contains { ($0.shortage?.arenaBytes ?? 0) > 0 }
  }

  /// The recipe with weights of 4 bits, where flash is short and it was not tried.
  private func narrowed(_ recipe: Recipe, _ part: Double?, after attempts: [FitAttempt]) -> Recipe? {
    guard attempts.contains(where: { ($0.shortage?.flashBytes ?? 0) > 0 }),
      !attempts.contains(where: { $0.recipe.quantization?.weights == .int4 || $0.recipe.pruning != nil })
    else { return nil }
    var narrow = recipe
    narrow.quantization?.weights = .int4
    return part.map { striped(narrow, $0) } ?? narrow
  }

  /// Whether weights of 4 bits alone have made a file smaller, and cost little.
  private func isWorthKeeping(_ attempt: FitAttempt) -> Bool {
    attempt.recipe.quantization?.weights == .int4 && attempt.recipe.pruning == nil && attempt.failure == nil
      && (attempt.lostPoints ?? 0) <= Self.narrowLimit
  }

  /// Points of accuracy that weights of 4 bits may cost where channels go besides.
  private static let narrowLimit = 0.5

  private func pruned(_ recipe: Recipe, beyond pruning: Recipe.Pruning?) -> Recipe? {
    var reached = 0.0
    if case .channels(let percent) = pruning { reached = percent }
    guard let percent = Self.percents.first(where: { $0 > reached }) else { return nil }
    var recipe = recipe
    recipe.pruning = .channels(percent: percent)
    return recipe
  }
}

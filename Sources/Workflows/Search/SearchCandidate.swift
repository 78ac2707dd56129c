package import Passes

/// One sequence of passes with its settings, as `nnopt optimize` takes it.
///
/// What changes weights comes first, in any order; quantization comes last, since the passes before it fit
/// weights as float32 numbers and refuse integers.
package struct SearchCandidate: Sendable, Hashable, Codable {
  /// A pass that leaves a float model float.
  package enum Preparation: Sendable, Hashable, Codable {
    /// Channels go until so many percent of the multiply-accumulates are saved.
    case prune(percent: Int)
    /// Layers become thin ones; answers may change by so many thousandths of their variance.
    case decompose(Goal, errorPermille: Int)
  }

  /// What thin layers save.
  package enum Goal: String, Sendable, Codable, CaseIterable {
    case macs
    case bytes
  }

  package typealias Precision = Recipe.Precision

  /// How numbers are stored in fewer bits.
  package struct Quantization: Sendable, Hashable, Codable {
    package let precision: Precision
    package var hasFloatPorts = false
    package var ranges = RangeMethod.minMax
    package var isPerChannelDense = false
    package var equalizes = true
    /// Whether weights are rounded so that the layer's outputs change least, not each to the nearest.
    package var roundsTogether = false
    /// Percents by which the file may grow for operators that stay at 16 bits; nil to keep none.
    package var precisePercent: Int?
    /// Calibration samples; nil for the default.
    package var samples: Int?

    package init(_ precision: Precision, hasFloatPorts: Bool = false) {
      self.precision = precision
      self.hasFloatPorts = hasFloatPorts && precision.isInteger
    }
  }

  package var preparations: [Preparation]
  /// nil to leave the numbers float32.
  package var quantization: Quantization?

  package init(_ preparations: [Preparation] = [], _ quantization: Quantization? = nil) {
    self.preparations = preparations
    self.quantization = quantization
  }

  /// Percents of the multiply-accumulates that pruning saves; 0 where it takes no part.
  package var prunePercent: Int {
    for case .prune(let percent) in preparations { return percent }
    return 0
  }

  /// The recipe with the candidate's settings.
  ///
  /// - Parameter base: what the search leaves as it is.
  package func recipe(on base: Recipe = Recipe()) -> Recipe {
    var recipe = base
    (recipe.pruning, recipe.decomposition) = (nil, nil)
    for preparation in preparations {
      switch preparation {
      case .prune(let percent): recipe.pruning = .channels(percent: Double(percent))
      case .decompose(let goal, let permille):
        recipe.decomposition = Recipe.Decomposition(
          goal == .macs ? .multiplyAccumulates : .bytes, errorPercent: Double(permille) / 10)
      }
    }
    recipe.prunesFirst = preparations.count > 1 && preparations[0].isPruning
    recipe.quantization = quantization?.settings
    recipe.calibrationSamples = quantization?.samples ?? base.calibrationSamples
    return recipe
  }

  /// The options of `nnopt optimize` that make the same model; none for what changes no answer.
  package var options: [String] { recipe().options }

  /// The settings as text, the same for equal candidates only.
  package var key: String { options.joined(separator: " ") }

  /// Whether the settings are such as a search makes; a file may bring others.
  var isValid: Bool {
    guard preparations.count <= 2, preparations.allSatisfy(\.isValid) else { return false }
    if preparations.count == 2, preparations[0].isPruning == preparations[1].isPruning { return false }
    return quantization?.isValid ?? true
  }
}

extension SearchCandidate.Preparation {
  /// The same for equal preparations only.
  var key: String { SearchCandidate([self]).key }

  var isPruning: Bool {
    guard case .prune = self else { return false }
    return true
  }

  fileprivate var isValid: Bool {
    switch self {
    case .prune(let percent): (1..<100).contains(percent)
    case .decompose(_, let error): (1..<1000).contains(error)
    }
  }
}

extension SearchCandidate.Quantization {
  fileprivate var isValid: Bool {
    samples.map { (1...1_000_000).contains($0) } ?? true
      && precisePercent.map { (1...1000).contains($0) && [.int8, .int8Fallback].contains(precision) } ?? true
  }

  fileprivate var settings: Recipe.Quantization {
    var settings = Recipe.Quantization(precision)
    settings.hasFloatPorts = hasFloatPorts
    settings.ranges = ranges
    settings.isPerChannelDense = isPerChannelDense
    settings.equalizes = equalizes
    settings.rounding = roundsTogether ? .adaptive : .nearest
    settings.keepsPrecise = precisePercent.map { .growth(Double($0) / 100) }
    return settings
  }
}

extension RangeMethod: Codable {}

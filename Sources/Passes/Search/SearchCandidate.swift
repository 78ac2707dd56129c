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

  /// What numbers are stored as.
  package enum Precision: String, Sendable, Codable, CaseIterable {
    case float16
    case dynamic
    case int8
    case int8Fallback = "int8-fallback"
    case int16x8

    /// Whether activations become integers, with ranges from calibration.
    package var isInteger: Bool { self != .float16 && self != .dynamic }
  }

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

  /// The options of `nnopt optimize` that make the same model; none for what changes no answer.
  package var options: [String] {
    preparations.flatMap(\.options) + (isPruneFirst ? ["--prune-first"] : [])
      + (quantization?.options ?? [])
  }

  /// The settings as text, the same for equal candidates only.
  package var key: String { options.joined(separator: " ") }

  private var isPruneFirst: Bool {
    guard preparations.count > 1, case .prune = preparations[0] else { return false }
    return true
  }

  /// Whether the settings are such as a search makes; a file may bring others.
  var isValid: Bool {
    guard preparations.count <= 2, preparations.allSatisfy(\.isValid) else { return false }
    if preparations.count == 2, preparations[0].isPruning == preparations[1].isPruning { return false }
    return quantization?.isValid ?? true
  }
}

extension SearchCandidate.Preparation {
  package var options: [String] {
    switch self {
    case .prune(let percent): ["--prune", "channels:\(percent)%"]
    case .decompose(let goal, let error):
      ["--decompose", "\(goal.rawValue):\(error / 10)\(error % 10 == 0 ? "" : ".\(error % 10)")%"]
    }
  }

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

  fileprivate var options: [String] {
    var result = ["--quantize", precision.rawValue]
    if hasFloatPorts { result += ["--io", "float32"] }
    if ranges != .minMax { result += ["--ranges", ranges.rawValue] }
    if isPerChannelDense { result.append("--per-channel-dense") }
    if !equalizes { result.append("--no-equalization") }
    if roundsTogether { result += ["--rounding", "adaptive"] }
    if let precisePercent { result += ["--keep-precise", "\(precisePercent)%"] }
    if let samples { result += ["--calibration-samples", "\(samples)"] }
    return result
  }
}

extension RangeMethod: Codable {}

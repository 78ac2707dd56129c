import Execution
package import GraphIR
package import Passes
import Tensors

/// What is done to a model, and with which settings: one value for the command line, the search, batches and
/// benchmarks.
package struct Recipe: Sendable, Hashable {
  package var decomposition: Decomposition?
  package var pruning: Pruning?
  /// Whether pruning comes before decomposition; commonly it comes second.
  package var prunesFirst = false
  /// Whether weights that pruning keeps are fitted to the original's answers.
  package var refits = true
  package var refitEpochs = ChannelPruning.Options.defaultEpochs
  package var pruneStages = ChannelPruning.Options.defaultStages
  /// Whether numbers that are stored in fewer bits become floats first.
  package var restoresFloats = false
  /// Whether ports become the integers behind their QUANTIZE and DEQUANTIZE; of a model that is not quantized here.
  package var makesPortsIntegers = false
  /// nil to leave the numbers as they are.
  package var quantization: Quantization?
  /// How weights are stored for TFLM's DECODE; nil to leave them as they are.
  package var compression: Compression?
  /// Bytes by which weights that are decoded or unpacked may enlarge the arena's head; nil for the board's memory, and
  /// none without a board.
  package var weightArenaGrowth: Int?
  /// How layers are computed a few rows at a time; nil to leave them whole.
  package var stripes: Stripes?
  /// Whether what TFLM does not read is left out.
  package var strips = false
  /// How many samples to calibrate with; nil for the defaults.
  package var calibrationSamples: Int?

  /// Ranges of more samples are wider, and rounding coarser: 500 kept the most accuracy of 100, 500 and 1,000.
  package static let quantizationSamples = 500
  /// More keep more accuracy, and take no longer to fit to.
  package static let fittingSamples = 5000
  /// Of random numbers, which say little however many there are.
  package static let randomSamples = 100

  /// Fewer than `randomSamples` for models whose runs take long.
  package static func randomSamples(for model: Model) -> Int {
    RandomSampleCount.of(model, atMost: randomSamples, atLeast: 4)
  }

  package init() {}

  /// What goes from a model's weights.
  package enum Pruning: Sendable, Hashable {
    /// Channels, until so many percent of the multiply-accumulates are saved.
    case channels(percent: Double)
    /// The smallest so many percent of the weights become zero.
    case magnitude(percent: Double)
    /// All but so many of each group of weights become zero.
    case pattern(kept: Int, of: Int)
  }

  /// Layers become thin ones in a row.
  package struct Decomposition: Sendable, Hashable {
    package let goal: LayerDecomposition.Goal
    /// The part of the answers' variance by which they may change, in percent; nil for the default.
    package let errorPercent: Double?

    package init(_ goal: LayerDecomposition.Goal, errorPercent: Double? = nil) {
      self.goal = goal
      self.errorPercent = errorPercent
    }
  }

  /// Weights in codings that TFLM's DECODE takes back while the model runs.
  package struct Compression: Sendable, Hashable {
    package var method: CompressionMethod

    package init(_ method: CompressionMethod) { self.method = method }
  }

  /// Runs of layers computed a few rows at a time.
  package struct Stripes: Sendable, Hashable {
    /// Multiply-accumulates that may be added, in parts of the model's.
    package var extraPart = defaultPart
    /// Whether the least extra work counts that fits the board, not the smallest arena.
    package var isOnlyToFit = false
    /// The month, such as `2025-11`, before which the TFLM was made that is to run the file; nil for one of today.
    package var runtimeBefore: String?

    package static let defaultPart = 0.05

    package init() {}
  }

  /// What numbers are stored as.
  package enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    case float32
    case float16
    case dynamic
    case int8
    case int8Fallback = "int8-fallback"
    case int16x8

    /// Whether activations become integers, with ranges from calibration.
    package var isInteger: Bool { self != .float32 && self != .float16 && self != .dynamic }
  }

  /// How numbers are stored in fewer bits.
  package struct Quantization: Sendable, Hashable {
    package var precision: Precision
    /// Whether an integer model keeps float32 inputs and outputs.
    package var hasFloatPorts = false
    package var ranges = RangeMethod.minMax
    package var isPerChannelDense = false
    package var equalizes = true
    package var rounding = WeightRounding.nearest
    /// `int4` where a layer's outputs stay near enough; always rounded together.
    package var weights = WeightWidth.int8
    /// What stays at more than 8 bits; nil for nothing.
    package var keepsPrecise: PreciseBudget?

    package init(_ precision: Precision) { self.precision = precision }
  }

  /// Whether weights change, so that float16 ones are wanted as floats first.
  package var changesWeights: Bool {
    pruning != nil || decomposition != nil
      || (quantization.map { ![.float32, .float16].contains($0.precision) } ?? false)
  }

  package var needsCalibration: Bool {
    if case .channels = pruning { return true }
    if decomposition != nil || quantization?.rounding == .adaptive { return true }
    return quantization?.precision.isInteger ?? false
  }
}

extension Recipe {
  /// The options of `nnopt optimize` that make the same model; none for what changes no answer.
  package var options: [String] {
    let prune = pruning.map { ["--prune", $0.text] } ?? []
    let decompose = decomposition.map { ["--decompose", $0.text] } ?? []
    var words = prunesFirst ? prune + decompose : decompose + prune
    if prunesFirst && pruning != nil && decomposition != nil { words.append("--prune-first") }
    if pruning != nil {
      if !refits { words.append("--no-refit") }
      if refitEpochs != ChannelPruning.Options.defaultEpochs {
        words += ["--refit-epochs", "\(refitEpochs)"]
      }
      if pruneStages != ChannelPruning.Options.defaultStages {
        words += ["--prune-stages", "\(pruneStages)"]
      }
    }
    words += quantization?.options ?? (makesPortsIntegers ? ["--io", "int8"] : [])
    if let calibrationSamples { words += ["--calibration-samples", "\(calibrationSamples)"] }
    if let compression { words += compression.options }
    if let weightArenaGrowth { words += ["--compress-arena", "\(weightArenaGrowth)"] }
    if let stripes { words += stripes.options }
    if strips { words.append("--strip") }
    return words
  }

  /// A number of percent as people write it: `30%`, `0.3%`.
  fileprivate static func percent(_ number: Double) -> String {
    let number = (number * 1e9).rounded() / 1e9
    return number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))%" : "\(number)%"
  }
}

extension Recipe.Pruning {
  /// As `--prune` takes it.
  package var text: String {
    switch self {
    case .channels(let percent): "channels:\(Recipe.percent(percent))"
    case .magnitude(let percent): "magnitude:\(Recipe.percent(percent))"
    case .pattern(let kept, let of): "\(kept):\(of)"
    }
  }
}

extension Recipe.Decomposition {
  /// As `--decompose` takes it.
  package var text: String {
    let name = goal == .bytes ? "bytes" : "macs"
    return errorPercent.map { "\(name):\(Recipe.percent($0))" } ?? name
  }
}

extension Recipe.Quantization {
  fileprivate var options: [String] {
    var words = ["--quantize", precision.rawValue]
    if hasFloatPorts { words += ["--io", "float32"] }
    if ranges != .minMax { words += ["--ranges", ranges.rawValue] }
    if isPerChannelDense { words.append("--per-channel-dense") }
    if !equalizes { words.append("--no-equalization") }
    if weights != .int8 { words += ["--weights", weights.rawValue] }
    if rounding != .nearest { words += ["--rounding", rounding.rawValue] }
    if let keepsPrecise { words += ["--keep-precise", keepsPrecise.text] }
    return words
  }
}

extension Recipe.Compression {
  fileprivate var options: [String] {
    ["--compress", method.rawValue]
  }
}

extension Recipe.Stripes {
  /// As the command line takes it.
  package var options: [String] {
    [isOnlyToFit ? "--stripes-fit" : "--stripes"]
      + (extraPart == Self.defaultPart ? [] : ["--max-extra-macs", "\(extraPart)"])
      + (runtimeBefore.map { ["--tflm-before", $0] } ?? [])
  }
}

extension PreciseBudget {
  /// As `--keep-precise` takes it.
  package var text: String {
    switch self {
    case .operators(let count): "\(count)"
    case .growth(let share): Recipe.percent(100 * share)
    case .decibels(let wanted): "\(wanted)dB"
    }
  }
}

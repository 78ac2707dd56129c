import ArgumentParser
import Execution
import GraphIR
import Passes
import Workflows

/// The options that say what is done to a model.
struct PassOptions: ParsableArguments {
  enum Ports: String, CaseIterable, ExpressibleByArgument {
    case int8
    case float32
  }

  @Option(help: "Store numbers in fewer bits; float32 makes a float model of stored ones.")
  var quantize: Recipe.Precision?

  @Option(
    help:
      "What inputs and outputs of an integer model are (default with --quantize: int8, or int16 with int16x8); int8 alone leaves out the QUANTIZE and DEQUANTIZE at them."
  )
  var io: Ports?

  @Option(
    help:
      "How the ranges of activations are found: \(RangeMethod.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var ranges: RangeMethod = .minMax

  @Flag(
    help: ArgumentHelp(
      "Give FULLY_CONNECTED weights a scale for each output: a little more accurate, 8 bytes of arena an output on TFLM."
    ))
  var perChannelDense = false

  @Option(
    help: ArgumentHelp(
      "Keep the operators that hurt most at 16 bits, or float with int8-fallback: so many (8), while the file grows by so much (10%), or until the answers are as near as this (40dB).",
      valueName: "N|P%|XdB"))
  var keepPrecise: PreciseBudget?

  @Option(
    help:
      "How weights become whole numbers: \(WeightRounding.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var rounding: WeightRounding = .nearest

  @Option(
    help: ArgumentHelp(
      "Bits of a weight with --quantize int8: int4 stores two to a byte where a layer's outputs stay near enough (CONV_2D and FULLY_CONNECTED; rounded together, as --rounding adaptive); of a model that is int8 already, only the weights change.",
      valueName: "type"))
  var weights: WeightWidth = .int8

  @Flag(help: "Do not even out the channels between layers before they become int8.")
  var noEqualization = false

  @Option(
    help: ArgumentHelp(
      "Replace layers by thin ones in a row, where that saves macs or bytes and the answers change by at most so much of their variance (macs:1%).",
      valueName: "what"))
  var decompose: Recipe.Decomposition?

  @Option(
    help: ArgumentHelp(
      "Remove whole channels until so many MACs are saved (channels:30%), or set weights to zero (magnitude:50%, 2:4).",
      valueName: "what"))
  var prune: Recipe.Pruning?

  @Flag(help: "Prune before layers are decomposed, not after.")
  var pruneFirst = false

  @Flag(help: "Leave the weights that pruning keeps as they are.")
  var noRefit = false

  @Option(
    help: ArgumentHelp(
      "Rounds of the last fit of a model with fewer channels; more take longer and keep more accuracy.",
      valueName: "N"))
  var refitEpochs = ChannelPruning.Options.defaultEpochs

  @Option(help: ArgumentHelp("Steps in which channels go, each followed by a fit.", valueName: "N"))
  var pruneStages = ChannelPruning.Options.defaultStages

  @Option(
    help: ArgumentHelp(
      "Store weights in codings that TFLM's DECODE takes back while the model runs: huffman, prune (a mask of zeros) and auto lose nothing, lut4 leaves 16 numbers a channel.",
      valueName: "how"))
  var compress: CompressionMethod?

  @Option(
    help: ArgumentHelp(
      "By how much weights that are decoded, or unpacked from 4 bits, may make the arena's head larger (16K; default: what --board has room for, nothing without).",
      valueName: "bytes"))
  var compressArena: ByteSize?

  @OptionGroup var stripeOptions: StripeChoiceOptions

  @Flag(
    help: ArgumentHelp(
      "Leave out what TFLM does not read: names, description, signatures, metadata other than the offsets."))
  var strip = false

  @Option(
    help: ArgumentHelp(
      "Samples that show which numbers occur; random ones without.", valueName: "[name=]file"))
  var calibrate: [NamedPath] = []

  @Option(
    help: ArgumentHelp(
      "How many samples to calibrate with (default: 500 for quantization, 5000 for what is fitted).",
      valueName: "N"))
  var calibrationSamples: Int?

  func validate() throws {
    guard calibrationSamples.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--calibration-samples takes a number from 1.")
    }
    guard (0...10_000).contains(refitEpochs), (1...100).contains(pruneStages) else {
      throw ValidationError(
        "--refit-epochs takes a number from 0 to 10000, --prune-stages one from 1 to 100.")
    }
    guard keepPrecise == nil || quantize == .int8 || quantize == .int8Fallback else {
      throw ValidationError("--keep-precise means something with --quantize int8 or int8-fallback only.")
    }
    guard weights == .int8 || quantize == .int8 || quantize == .int8Fallback else {
      throw ValidationError("--weights int4 means something with --quantize int8 or int8-fallback only.")
    }
    guard compressArena == nil || compress != nil || weights == .int4 else {
      throw ValidationError("--compress-arena means something with --compress or --weights int4 only.")
    }
    try stripeOptions.requireUse(stripeOptions.stripes != nil)
    guard rounding == .nearest || quantize != nil && quantize != .float16 && quantize != .float32 else {
      throw ValidationError("--rounding means something with whole numbers only: give --quantize.")
    }
  }
}

extension RangeMethod: ExpressibleByArgument {}

extension WeightRounding: ExpressibleByArgument {}

extension WeightWidth: ExpressibleByArgument {}

extension Recipe.Precision: ExpressibleByArgument {}

extension CompressionMethod: ExpressibleByArgument {}

extension PassOptions {
  /// What the options say to do.
  var recipe: Recipe {
    var recipe = Recipe()
    recipe.decomposition = decompose
    recipe.pruning = prune
    recipe.prunesFirst = pruneFirst
    recipe.refits = !noRefit
    recipe.refitEpochs = refitEpochs
    recipe.pruneStages = pruneStages
    recipe.strips = strip
    recipe.compression = compress.map { Recipe.Compression($0) }
    recipe.weightArenaGrowth = compressArena?.bytes
    recipe.stripes = stripeOptions.stripes
    recipe.makesPortsIntegers = quantize == nil && io == .int8
    recipe.calibrationSamples = calibrationSamples
    recipe.quantization = quantize.map { precision in
      var settings = Recipe.Quantization(precision)
      settings.hasFloatPorts = io == .float32
      settings.ranges = ranges
      settings.isPerChannelDense = perChannelDense
      settings.equalizes = !noEqualization
      settings.rounding = rounding
      settings.weights = weights
      settings.keepsPrecise = keepPrecise
      return settings
    }
    return recipe
  }
}

/// A positive number of percent, such as `30%`; nil for other text.
private func percent(_ text: String) -> Double? {
  guard text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent.isFinite else {
    return nil
  }
  return percent
}

/// What `--keep-precise` says: `8`, `10%`, `40dB`.
extension PreciseBudget: ExpressibleByArgument {
  package init?(argument: String) {
    if let count = Int(argument), count > 0 {
      self = .operators(count)
    } else if let percent = percent(argument) {
      self = .growth(percent / 100)
    } else if argument.lowercased().hasSuffix("db"), let decibels = Double(argument.dropLast(2)),
      decibels > 0, decibels.isFinite
    {
      self = .decibels(decibels)
    } else {
      return nil
    }
  }
}

/// What `--prune` says: `channels:30%`, `magnitude:50%`, `2:4`.
extension Recipe.Pruning: ExpressibleByArgument {
  package init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    if let kept = Int(parts[0]), let of = Int(parts[1]), kept >= 1, of >= 2, kept <= of {
      self = .pattern(kept: kept, of: of)
      return
    }
    guard let percent = percent(parts[1]), percent < 100 else { return nil }
    switch parts[0] {
    case "channels": self = .channels(percent: percent)
    case "magnitude": self = .magnitude(percent: percent)
    default: return nil
    }
  }
}

/// What `--decompose` says: `macs`, `bytes`, `macs:1%`.
extension Recipe.Decomposition: ExpressibleByArgument {
  package init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let goal: LayerDecomposition.Goal
    switch parts.first {
    case "macs": goal = .multiplyAccumulates
    case "bytes": goal = .bytes
    default: return nil
    }
    guard parts.count > 1 else {
      self.init(goal)
      return
    }
    guard parts.count == 2, let percent = percent(parts[1]), percent < 100 else { return nil }
    self.init(goal, errorPercent: percent)
  }
}

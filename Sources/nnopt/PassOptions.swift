import ArgumentParser
import Execution
import GraphIR
import Passes

/// The options that say what is done to a model.
struct PassOptions: ParsableArguments {
  /// How numbers are stored behind quantization.
  enum Quantization: String, CaseIterable, ExpressibleByArgument {
    case int8
    case int8Fallback = "int8-fallback"
    case int16x8
    case dynamic
    case float16

    var needsCalibration: Bool { self != .dynamic && self != .float16 }
  }

  enum Ports: String, CaseIterable, ExpressibleByArgument {
    case int8
    case float32
  }

  @Option(help: "Store numbers in fewer bits.")
  var quantize: Quantization?

  @Option(help: "What inputs and outputs of an integer model are.")
  var io: Ports = .int8

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

  enum DecompositionGoal: String, CaseIterable, ExpressibleByArgument {
    case macs
    case bytes

    var goal: LayerDecomposition.Goal { self == .macs ? .multiplyAccumulates : .bytes }
  }

  @Option(help: "Replace layers by thin ones in a row, where that saves MACs or bytes.")
  var decompose: DecompositionGoal?

  @Option(
    help: ArgumentHelp(
      "Remove whole channels until so many MACs are saved (channels:30%), or set weights to zero (magnitude:50%, 2:4).",
      valueName: "what"))
  var prune: PruneSetting?

  @Flag(help: "Leave the weights that pruning keeps as they are.")
  var noRefit = false

  @Option(
    help: ArgumentHelp(
      "Samples that show which numbers occur; random ones without.", valueName: "[name=]file"))
  var calibrate: [NamedPath] = []

  @Option(
    help: ArgumentHelp(
      "How many samples to calibrate with (default: 500 for quantization, 1000 for what is fitted).",
      valueName: "N"))
  var calibrationSamples: Int?

  /// Ranges of more samples are wider, and rounding coarser: 500 kept the most accuracy of 100, 500 and 1,000.
  static let quantizationSamples = 500
  static let fittingSamples = 1000

  func validate() throws {
    guard calibrationSamples.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--calibration-samples takes a number from 1.")
    }
    guard io == .int8 || quantize?.needsCalibration == true else {
      throw ValidationError("--io means something with --quantize int8, int8-fallback or int16x8 only.")
    }
  }
}

extension RangeMethod: ExpressibleByArgument {}

/// What `--prune` says: `channels:30%`, `magnitude:50%`, `2:4`.
enum PruneSetting: ExpressibleByArgument {
  case channels(Double)
  case magnitude(Double)
  case pattern(kept: Int, of: Int)

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    if let kept = Int(parts[0]), let of = Int(parts[1]), kept >= 1, of >= 2, kept <= of {
      self = .pattern(kept: kept, of: of)
      return
    }
    guard parts[1].hasSuffix("%"), let percent = Double(parts[1].dropLast()), percent > 0, percent < 100
    else {
      return nil
    }
    switch parts[0] {
    case "channels": self = .channels(percent / 100)
    case "magnitude": self = .magnitude(percent / 100)
    default: return nil
    }
  }
}

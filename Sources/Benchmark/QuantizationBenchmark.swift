import ArgumentParser
import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Passes

/// Quantizes one model and writes it, for measurements of the passes.
struct QuantizationBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantize", abstract: "Quantize a model, print the time and write the file.")

  @Argument(help: "A float model.")
  var model: String

  @Option(name: .shortAndLong, help: "The file to write.")
  var output: String

  @Option(help: "Calibration data; random numbers without.")
  var calibrate: String?

  @Option(help: "What calibration data are multiplied by.")
  var scale: Double?

  @Option(help: "How many samples.")
  var samples = 100

  @Option(help: "int8, int16x8, dynamic, float16.")
  var scheme = "int8"

  @Option(help: "int8 or float32.")
  var io = "int8"

  @Option(help: "How ranges are found: \(RangeMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var ranges = RangeMethod.minMax.rawValue

  @Flag(help: "Leave biases as they are.")
  var noBiasCorrection = false

  @Flag(help: "Leave channels as they are.")
  var noEqualization = false

  @Flag(help: "Keep operators float that cannot be integer.")
  var fallback = false

  @Option(help: "Threads.")
  var threads: Int?

  func run() throws {
    var model = try ModelFile.read(path: model)
    let data =
      try calibrate.map {
        try SampleSet(model, files: [.init(path: $0)], preprocessing: Preprocessing(scale: scale)).prefix(
          samples)
      } ?? SampleSet.random(for: model, count: samples, seed: 7)
    var log = PassLog()
    let start = ContinuousClock.now
    if let form = QuantizeWeights.Form(rawValue: scheme) {
      try QuantizeWeights(form).run(on: &model, log: &log)
    } else {
      try QuantizeIntegers(samples: data, options: try options()).run(on: &model, log: &log)
    }
    let time = (ContinuousClock.now - start) / .milliseconds(1)
    for entry in log.refusals { print("refused: \(entry.place): \(entry.sentence)") }
    try ModelFile.write(model, to: output)
    let size = try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
    print("\(output): \(size) bytes, \(String(format: "%.0f", time)) ms for \(data.count) samples")
  }

  private func options() throws -> QuantizeIntegers.Options {
    guard let scheme = QuantizeIntegers.Scheme(rawValue: scheme), let ranges = RangeMethod(rawValue: ranges)
    else {
      throw ValidationError("unknown scheme '\(scheme)' or range method '\(ranges)'")
    }
    var options = QuantizeIntegers.Options()
    options.scheme = scheme
    options.keepsFloatPorts = io == "float32"
    options.allowsFloatFallback = fallback
    options.rangeMethod = ranges
    options.correctsBias = !noBiasCorrection
    options.equalizes = !noEqualization
    options.threadCount = threads
    return options
  }
}

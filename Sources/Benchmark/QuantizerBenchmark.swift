import ArgumentParser
import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Passes
import _TestSupport

/// How near the answers of int8 and int16x8 models are to those of the float model.
struct QuantizerBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantizer",
    abstract: "Signal-to-noise ratios of int8 and int16x8 forms of float models and of generated nets.")

  @Argument(help: "Files, or folders with .tflite files; those that are no float models are left out.")
  var paths: [String] = []

  @Option(help: "Generated nets of each kind.")
  var nets = 30

  @Option(help: "Largest file that is measured, in bytes.")
  var largest = 4_000_000

  @Flag(help: "A line for each generated net too.")
  var each = false

  @Option(help: "Write the generated nets and their integer forms into a folder, to be run elsewhere.")
  var write: String?

  @Option(help: "Write the table into a Markdown file.")
  var report: String?

  func run() throws {
    if let write {
      try FileManager.default.createDirectory(atPath: write, withIntermediateDirectories: true)
    }
    var table = MeasuredTable([
      "| model | int8 dB | ranges auto dB | int16x8 dB | least gain dB | gains under 0 |",
      "|---|--:|--:|--:|--:|--:|",
    ])
    for kind in FloatNet.Kind.allCases where nets > 0 { table.add(try row(kind)) }
    for path in paths.flatMap({ $0.hasSuffix(".tflite") ? [$0] : ModelFolder.models(in: [$0]) }) {
      guard let model = try? ModelFile.read(path: path), QuantizeIntegers.refusal(of: model) == nil,
        try ModelFile.serialize(model).count <= largest
      else { continue }
      do {
        let pair = try QuantizerPair(model, calibration: 64, test: 8)
        table.add("| \(ModelFolder.name(of: path)) | \(pair.cells) |")
      } catch {
        print("\(path): \(error)")
      }
    }
    try table.write(
      to: report, title: "int8 and int16x8 models beside the float ones",
      """
      Made by `Scripts/benchmark quantizer`: the ratio of signal to noise of the answers, in decibels, judged on samples \
      that calibration has not seen; random numbers all of them. Rows of generated nets are means of \(nets) nets each; \
      the least gain is that of int16x8 over int8 with ranges by min-max. Operators without an integer kernel stay float.
      """)
  }

  private func row(_ kind: FloatNet.Kind) throws -> String {
    var pairs: [QuantizerPair] = []
    for seed in 0..<nets {
      let net = FloatNet(kind, seed: UInt64(seed))
      let pair = try QuantizerPair(net.model, calibration: 64, test: 32)
      if each { print("| \(net) | \(pair.cells) |") }
      if let write { try pair.write(to: "\(write)/\(kind)-\(seed)") }
      pairs.append(pair)
    }
    let mean = { (numbers: [Double]) in numbers.reduce(0, +) / Double(max(numbers.count, 1)) }
    let gains = pairs.map(\.gain)
    let cells = [
      kind.rawValue, QuantizerPair.text(mean(pairs.map(\.int8))),
      QuantizerPair.text(mean(pairs.map(\.chosen))),
      QuantizerPair.text(mean(pairs.map(\.int16x8))), QuantizerPair.text(gains.min() ?? 0),
      "\(gains.count { $0 < 0 })",
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }
}

/// The signal-to-noise ratios of a model's two integer forms.
struct QuantizerPair {
  let int8: Double
  /// int8 with `--ranges auto`.
  let chosen: Double
  let int16x8: Double
  /// The float model, and its forms by name.
  private let models: [(name: String, model: Model)]

  var gain: Double { int16x8 - int8 }

  init(_ model: Model, calibration: Int, test: Int) throws {
    let samples = try SampleSet.random(for: model, count: calibration, seed: 1)
    let noise = try QuantizationNoise(
      model, SampleSet.random(for: model, count: test, seed: 2), ParallelRunner())
    var models = [("float32", model)]
    let forms: [(name: String, scheme: QuantizeIntegers.Scheme, ranges: RangeMethod)] = [
      ("int8", .int8, .minMax), ("auto", .int8, .auto), ("int16x8", .int16x8, .minMax),
    ]
    let found = try forms.map { form in
      var options = QuantizeIntegers.Options()
      options.scheme = form.scheme
      options.rangeMethod = form.ranges
      options.allowsFloatFallback = true
      var (quantized, log) = (model, PassLog())
      try QuantizeIntegers(samples: samples, options: options).run(on: &quantized, log: &log)
      models.append((form.name, quantized))
      return min(QuantizationNoise.decibels(try noise.share(of: quantized)), 200)
    }
    (int8, chosen, int16x8) = (found[0], found[1], found[2])
    self.models = models
  }

  func write(to path: String) throws {
    for (name, model) in models { try ModelFile.write(model, to: "\(path)-\(name).tflite") }
  }

  /// The cells of a table's row.
  var cells: String {
    "\(Self.text(int8)) | \(Self.text(chosen)) | \(Self.text(int16x8)) | \(Self.text(gain)) | \(gain < 0 ? 1 : 0)"
  }

  static func text(_ decibels: Double) -> String { String(format: "%.1f", decibels) }
}

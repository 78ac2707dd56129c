import ArgumentParser
import Datasets
import Execution
import Files
import Foundation
import GraphIR
import ModelFiles
import Passes
import Planning
import Workflows

/// What pruning costs and saves: the curve over how much goes, with and without refit, and what zeros are
/// worth.
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

  @Option(help: "Rounds of the fit of all layers together; by default as many as the tool does.")
  var epochs: Int?

  @Option(help: "Steps in which the channels go; by default as many as the tool takes.")
  var stages: Int?

  @Option(help: "Only with refit (1) or without (0).")
  var refit: Int?

  @Option(help: "Calibrate with other images.")
  var calibration: String?

  @Option(help: "Calibrate with the first images only.")
  var samples = 1000

  @Flag(help: "Leave out weights that become zero.")
  var channelsOnly = false

  @Option(help: "Write every model with fewer channels into a folder.")
  var save: String?

  @Option(help: "Write the tables into a Markdown file.")
  var report: String?

  func run() throws {
    let data = try ModelFolder.fashionMNIST(in: data)
    var sections: [PruningReport.Section] = []
    for path in ModelFolder.models(in: folders) where model.contains(ModelFolder.name(of: path)) {
      sections.append(try measure(path, data: data))
    }
    if let report {
      let text = PruningReport(sections: sections, settings: options(0, refit: true)).document
      try AtomicFile.write(Array(text.utf8), to: report)
    }
  }

  private func options(_ percent: Int, refit: Bool) -> ChannelPruning.Options {
    var options = ChannelPruning.Options(
      fraction: Double(percent) / 100, refit: refit)
    if let epochs { options.epochs = epochs }
    if let stages { options.stages = stages }
    return options
  }

  private func measure(_ path: String, data: String) throws -> PruningReport.Section {
    let original = try ModelFile.read(path: path)
    let pixels = Preprocessing(scale: 1.0 / 255)
    let calibration = try SampleSet(
      original, files: [.init(path: self.calibration ?? data + "/calib_images.npy")], preprocessing: pixels
    ).prefix(samples)
    let gauge = try PruningGauge(original, data: data, pixels)
    var section = PruningReport.Section(
      name: ModelFolder.name(of: path), original: try gauge.row("", original, seconds: nil))
    show("\(section.name)\n\(PruningReport.header)\n\(section.line(section.original))")
    func add(_ name: String, _ passes: [any Pass], isChannels: Bool) throws {
      var pruned = original
      var log = PassLog()
      let start = ContinuousClock.now
      for pass in passes { try pass.run(on: &pruned, log: &log) }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let save { try ModelFile.write(pruned, to: "\(save)/\(section.name) \(name).tflite") }
      let row = try gauge.row(name, pruned, seconds: seconds)
      if isChannels { section.channels.append(row) } else { section.zeros.append(row) }
      show(section.line(row))
    }
    for percent in percent {
      for refit in refit.map({ [$0 != 0] }) ?? [true, false] {
        let pass = ChannelPruning(options(percent, refit: refit), calibration: calibration)
        try add("\(percent) %, \(refit ? "fitted" : "as it was")", [pass], isChannels: true)
      }
    }
    guard !channelsOnly else { return section }
    for percent in [50, 80] {
      try add(
        "magnitude \(percent) %", [MagnitudePruning(fraction: Double(percent) / 100)], isChannels: false)
    }
    try add("2:4", [PatternPruning(keeping: 2, of: 4)], isChannels: false)
    return section
  }

  /// Prints a line at once, as a row may take minutes.
  private func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}

/// Measures a model and those that come from it.
private struct PruningGauge {
  private let gauge: ModelGauge

  init(_ original: Model, data: String, _ preprocessing: Preprocessing) throws {
    let labels = try Labels.read(data + "/test_labels.npy")
    let test = ModelGauge.TestData(
      samples: {
        try SampleSet($0, files: [.init(path: data + "/test_images.npy")], preprocessing: preprocessing)
      }, labels: labels, runner: ParallelRunner())
    gauge = ModelGauge(
      original, planner: Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [], writesOffsets: false)),
      fileBytes: { try ModelFile.serialize($0).count }, test: test)
  }

  func row(_ name: String, _ model: Model, seconds: Double?) throws -> PruningReport.Row {
    PruningReport.Row(
      name: name, figures: try gauge.figures(of: model),
      deflatedBytes: DeflatedSize.byteCount(of: try ModelFile.serialize(model)) ?? 0, seconds: seconds)
  }
}

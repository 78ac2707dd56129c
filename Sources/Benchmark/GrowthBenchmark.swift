import ArgumentParser
import Foundation
import GraphIR
import ModelFiles

/// Time and memory of commands on larger and larger models.
struct GrowthBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth", abstract: "Time and memory of commands on larger and larger models.")

  @Option(help: "Write the table into a Markdown file.")
  var report: String?

  @Option(help: "The nnopt program, if not the one beside this one.")
  var nnopt: String?

  @Option(help: "Only commands that begin so, such as plan.")
  var only = ""

  private struct Case {
    let title: String
    let sizes: [Int]
    let model: (Int) -> Model
    /// `M` stands for the model, `W` for a folder.
    let command: String
  }

  private var cases: [Case] {
    let counts = [2_000, 5_000, 10_000, 20_000]
    let megabytes = [25, 50, 100, 200]
    return [
      Case(title: "RESHAPEs", sizes: counts, model: GrowthModels.reshapes, command: "optimize M --dry-run"),
      Case(title: "operators in a row", sizes: counts, model: GrowthModels.chain, command: "plan M"),
      Case(
        title: "operators in a row", sizes: counts, model: GrowthModels.chain,
        command: "optimize M --dry-run --quantize int8"),
      Case(title: "branches", sizes: counts, model: GrowthModels.branches, command: "plan M"),
      Case(
        title: "subgraphs", sizes: [500, 1_000, 2_000], model: GrowthModels.subgraphs,
        command: "optimize M --dry-run"),
      Case(title: "MB of weights", sizes: megabytes, model: GrowthModels.weights, command: "export M --to W"),
      Case(
        title: "MB of weights", sizes: megabytes, model: GrowthModels.weights,
        command: "optimize M --dry-run --prune magnitude:50%"),
      Case(
        title: "MB of weights", sizes: megabytes, model: GrowthModels.weights,
        command: "optimize M --dry-run --prune 2:4"),
    ]
  }

  func run() throws {
    var table = MeasuredTable([
      "| model | command | size | CPU seconds | MB at most |", "|---|---|--:|--:|--:|",
    ])
    try MeasuredTable.withFolder { folder in
      for item in cases where item.command.hasPrefix(only) {
        for size in item.sizes {
          let file = folder.appending(path: "model.tflite").path
          try ModelFile.write(item.model(size), to: file)
          let words = item.command.split(separator: " ").map { word in
            word == "M" ? file : word == "W" ? folder.appending(path: "firmware-\(size)").path : String(word)
          }
          let cost = try MeasuredCommand.run(nnopt, words)
          let seconds = String(format: "%.1f", cost.seconds)
          table.add("| \(item.title) | `\(item.command)` | \(size) | \(seconds) | \(cost.megabytes) |")
        }
      }
    }
    try table.write(to: report, title: "Growth", "Scripts/benchmark growth: one run each.")
  }
}

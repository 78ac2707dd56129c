import ArgumentParser
import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Passes
import Runtimes

/// Heads that TFLM allocates for each model as it is, and planned for each library of kernels.
struct ArenaBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arena", abstract: "Heads of TFLM's arena, planned for each kernel library.")

  @Argument(help: "Folders with .tflite files.")
  var folders: [String]

  @Option(help: "Write the table into a Markdown file.")
  var report: String?

  func run() throws {
    for path in ModelFolder.models(in: folders) {
      let model = try ModelFile.read(path: path)
      var cells = [ModelFolder.name(of: path)]
      cells.append("\(try TFLMRuntime(.host).predict(model).headBytes)")
      let targets: [(TFLMTarget, [KernelLibrary])] = [
        (.host, []), (.host, KernelLibrary.any), (.host, [.reference]),
      ]
      for (target, libraries) in targets {
        let start = ContinuousClock.now
        let plan = try DevicePlanner(target, safeOn: libraries).plan(model)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        let isProved = plan.arenaBytes == plan.lowerBoundBytes
        cells.append("\(plan.arenaBytes)\(isProved ? "" : " ≥\(plan.lowerBoundBytes)") \(Int(milliseconds))ms")
      }
      print(cells.joined(separator: " | "))
    }
  }
}

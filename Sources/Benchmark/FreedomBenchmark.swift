import ArgumentParser
import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Planning
import Runtimes
import _TestSupport

/// Random networks, each planned with more and more freedom: none of the plans may be worse.
struct FreedomBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freedom", abstract: "Plan random networks with more and more freedom and compare.")

  @Option(help: "Networks of each kind and type.")
  var models = 100

  @Option(help: "The seed of the first network.")
  var seed: UInt64 = 1

  @Option(help: "Operators of a network, about.")
  var steps = 12

  @Option(help: "Only networks of this kind.")
  var only: String?

  @Flag(help: "Plan at thorough effort too.")
  var thorough = false

  @Option(help: "Write each network with a worse plan into this folder.")
  var folder: String?

  @Flag(help: "Print each network with a worse plan.")
  var verbose = false

  func run() throws {
    print("| kind | networks | comparisons | worse | proved | CPU s |\n|---|--:|--:|--:|--:|--:|")
    for kind in RandomNets.Kind.allCases where only == nil || only == "\(kind)" {
      for isInteger in [false, true] {
        var (comparisons, worse, proved) = (0, 0, 0)
        let start = clock()
        for number in 0..<models {
          let seed = seed &+ UInt64(number)
          let model = RandomNets.model(kind, seed: seed, steps: steps, isInteger: isInteger)
          let ladder = try FreedomLadder(model, thorough: thorough)
          comparisons += ladder.comparisons
          worse += ladder.faults.count
          proved += ladder.isProved ? 1 : 0
          if let folder, !ladder.faults.isEmpty {
            try ModelFile.write(model, to: "\(folder)/\(kind)-\(seed)\(isInteger ? "-int8" : "").tflite")
          }
          if verbose {
            for fault in ladder.faults { print("\(kind) \(seed)\(isInteger ? " int8" : ""): \(fault)") }
          }
        }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        print(
          "| \(kind)\(isInteger ? ", int8" : "") | \(models) | \(comparisons) | \(worse) | \(proved) | \(String(format: "%.1f", seconds)) |"
        )
        fflush(nil)
      }
    }
  }
}

import ArgumentParser
import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles

/// Time of one inference of each model, on one thread.
struct InferenceBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inference",
    abstract:
      "Median milliseconds of one inference, model by model, as CSV (Scripts/peers/inference.py reads it).")

  @Argument(help: "Models.")
  var models: [String]

  @Option(help: "Seconds to measure each model for.")
  var seconds = 0.5

  func run() throws {
    print("path,milliseconds")
    for path in models {
      let time = try measure(path)
      print("\(path),\(String(format: "%.5f", time))")
    }
  }

  private func measure(_ path: String) throws -> Double {
    let model = try ModelFile.read(path: path)
    let samples = try SampleSet.random(for: model, count: 1, seed: 1)
    let session = Session(try Interpreter(model))
    let inputs = try samples.sample(0)
    var times: [Double] = []
    let start = ContinuousClock.now
    while times.count < 3 || ContinuousClock.now - start < .seconds(seconds) {
      let begin = ContinuousClock.now
      _ = try session.run(inputs)
      times.append((ContinuousClock.now - begin) / .milliseconds(1))
    }
    return times.sorted()[times.count / 2]
  }
}

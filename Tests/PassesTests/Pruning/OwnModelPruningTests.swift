import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Passes

/// Pruning and decomposition of the project's own float models: concatenations, sums, depthwise layers.
@Suite struct OwnModelPruningTests {
  static let names = ["densenet", "randwire"]

  private func model(_ name: String) throws -> Model {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/\(name)_float32.tflite") })
    return try ModelFile.read(path: path)
  }

  private func check(_ model: Model, _ samples: SampleSet) throws {
    try GraphVerifier().verify(model)
    let read = try ModelFile.parse(ModelFile.serialize(model), name: "changed")
    _ = try Session(Interpreter(read)).run(samples.sample(0))
  }

  @Test(arguments: names)
  func channelsGoEverywhere(name: String) throws {
    let original = try model(name)
    var pruned = original
    var log = PassLog()
    let samples = try SampleSet.random(for: original, count: 2, seed: 1)
    try ChannelPruning(.init(fraction: 0.3, epochs: 0), calibration: samples).run(on: &pruned, log: &log)
    try check(pruned, samples)
    let (before, after) = (
      ChannelPruning.multiplyAccumulates(of: original), ChannelPruning.multiplyAccumulates(of: pruned)
    )
    #expect(Double(after) <= 0.7 * Double(before))
    #expect(Double(after) > 0.6 * Double(before))
    #expect(try ModelFile.serialize(pruned).count < ModelFile.serialize(original).count)
  }

  @Test func layersSplit() throws {
    let original = try model("dscnn")
    var result = original
    var log = PassLog()
    let samples = try SampleSet.random(for: original, count: 2, seed: 1)
    try LayerDecomposition(.init(errorBudget: 0.05, epochs: 0), calibration: samples)
      .run(on: &result, log: &log)
    try check(result, samples)
    #expect(
      ChannelPruning.multiplyAccumulates(of: result) <= ChannelPruning.multiplyAccumulates(of: original))
    #expect(!log.edits.isEmpty || !log.refusals.isEmpty)
  }

  @Test func integersAreRefused() throws {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/cnn_int8.tflite") })
    var model = try ModelFile.read(path: path)
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: 2, seed: 1)
    #expect(throws: PassError.self) {
      try ChannelPruning(.init(fraction: 0.3), calibration: samples).run(on: &model, log: &log)
    }
    #expect(throws: PassError.self) {
      try LayerDecomposition(.init(), calibration: samples).run(on: &model, log: &log)
    }
    #expect(throws: PassError.self) { try MagnitudePruning(fraction: 0.5).run(on: &model, log: &log) }
  }
}

import Foundation
import GraphIR
import ModelFiles
import Passes
import Planning
import Runtimes
import Testing
import _TestSupport

/// Clean-up of the models in the folder that `NNOPT_MODELS` names. With `NNOPT_CLEANED` the cleaned files are
/// kept in the folder that it names.
@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct CleanUpRealModelTests {
  @Test(arguments: RealModels.all)
  func answersStayAndFilesShrink(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    var cleaned = model
    var log = PassLog()
    try CleanUp().run(on: &cleaned, log: &log)
    let bytes = try ModelFile.serialize(cleaned)
    let sizes = (before: try ModelFile.serialize(model).count, after: bytes.count)
    try Self.keep(bytes, entry)
    #expect(sizes.after <= sizes.before)
    let difference = try ModelPair(before: model, after: cleaned).difference()
    #expect(difference.bytes == 0)
    #expect(difference.relative <= 1e-5)
    Self.report(entry, model, cleaned, log, sizes, difference)
  }

  @Test(arguments: RealModels.all)
  func cleaningTwiceChangesNothingMore(entry: RealModels.Entry) throws {
    var model = try ModelFile.read(path: entry.path)
    var log = PassLog()
    try CleanUp().run(on: &model, log: &log)
    var second = PassLog()
    try CleanUp().run(on: &model, log: &second)
    #expect(second.edits.isEmpty)
  }

  /// Few tensors decide; how many others there are, and their numbers, must not.
  @Test(arguments: RealModels.all.filter { !$0.path.contains("randwire") })
  func cleanedModelsNeedNoMoreMemory(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    var cleaned = model
    var log = PassLog()
    try CleanUp().run(on: &cleaned, log: &log)
    let planner = Planner(
      for: TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference]))
    let heads = try [model, cleaned].map { try planner.plan($0).arenaBytes }
    #expect(heads[1] <= heads[0])
  }

  /// Microcontrollers' DEQUANTIZE takes no float16: unpacked weights let such models run there.
  @Test(
    arguments: RealModels.all.filter { $0.path.contains("float16") || $0.path.contains("face_detection") })
  func unpackedWeightsNeedNoOperator(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    var unpacked = model
    var log = PassLog()
    try CleanUp(unpacksWeights: true).run(on: &unpacked, log: &log)
    #expect(!unpacked.graphs[0].nodes.contains { $0.code.builtin == .dequantize })
    #expect(try ModelPair(before: model, after: unpacked).difference().relative == 0)
    try Self.keep(try ModelFile.serialize(unpacked), entry, in: "NNOPT_UNPACKED")
  }

  private static func keep(_ bytes: [UInt8], _ entry: RealModels.Entry, in variable: String = "NNOPT_CLEANED")
    throws
  {
    guard let folder = ProcessInfo.processInfo.environment[variable] else { return }
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + entry.description))
  }

  private static func report(
    _ entry: RealModels.Entry, _ model: Model, _ cleaned: Model, _ log: PassLog,
    _ sizes: (before: Int, after: Int), _ difference: ModelPair.Difference
  ) {
    let names = Set(log.edits.map(\.rule)).sorted()
    let edits = names.map { name in "\(name) \(log.edits.count { $0.rule == name })" }
    let counts = [model, cleaned].map { "\($0.graphs.map(\.nodes.count).reduce(0, +))" }
    print(
      """
      \(entry): operators \(counts[0]) -> \(counts[1]), bytes \(sizes.before) -> \(sizes.after), \
      differing bytes \(difference.bytes), relative \(difference.relative); \(edits.joined(separator: ", "))
      """)
    guard ProcessInfo.processInfo.environment["NNOPT_REFUSALS"] != nil else { return }
    for refusal in log.refusals { print("  \(refusal.rule) \(refusal.place): \(refusal.sentence)") }
  }
}

import Foundation
import GraphIR
import ModelFiles
import Planning
import Runtimes
import Testing
import _TestSupport

/// The tool on models that Vela has compiled.
@Suite struct EthosUTests {
  private func withModel(
    _ model: Model = VelaModels.model(2), _ body: (_ path: String, _ folder: URL) throws -> Void
  ) throws {
    try Tool.withFolder { folder in
      let path = folder.appending(path: "vela.tflite").path
      try ModelFile.write(model, to: path)
      try body(path, folder)
    }
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(arguments: VelaModels.Memory.allCases)
  func planKeepsTheFile(memory: VelaModels.Memory) throws {
    try withModel(VelaModels.model(3, memory)) { path, folder in
      let output = folder.appending(path: "planned.tflite").path
      let result = try Tool.run(["plan", path, "--board", "corstone-300", "--output", output])
      #expect(result.status == 0)
      #expect(
        result.output.contains("kept as the file has it") && !result.output.contains("proved:"))
      #expect(result.output.contains("no estimate of the time per inference"))
      #expect(!result.output.contains("cmsis-nn, "))
      let (before, after) = (try ModelFile.read(path: path), try ModelFile.read(path: output))
      #expect(after.isSame(as: before))
      #expect(try OfflinePlan.read(from: after) == OfflinePlan.read(from: before))
    }
  }

  @Test func jsonSaysWhatIsKeptAndNotEstimated() throws {
    try withModel { path, _ in
      let document = try json(
        Tool.run(["plan", path, "--board", "corstone-300", "--json"]).output)
      let entry = try #require((document["models"] as? [[String: Any]])?.first)
      let plan = try #require(entry["plan"] as? [String: Any])
      #expect((plan["kept"] as? String)?.contains("command streams") == true)
      #expect(plan["proved"] as? Bool == false && plan["arenaBytes"] as? Int == 4_096 + 48 + 32)
      #expect(((entry["cost"] as? [String: Any])?["unknown"] as? String)?.contains("NPU") == true)
    }
  }

  @Test func boardsWithoutTheNPUAreRefused() throws {
    try withModel { path, _ in
      let result = try Tool.run(["plan", path, "--board", "esp32"])
      #expect(result.status == 2 && result.output.contains("does not run"))
    }
  }

  @Test(arguments: [
    [], ["--quantize", "int8"], ["--strip"], ["--fit", "--board", "corstone-300"],
  ])
  func optimizeRefuses(options: [String]) throws {
    try withModel { path, folder in
      let output = folder.appending(path: "out.tflite").path
      let result = try Tool.run(["optimize", path, "-o", output] + options)
      #expect(
        result.status == 1 && result.errors.contains("Optimize the model that Vela was given"))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func runRefuses() throws {
    try withModel { path, _ in
      let result = try Tool.run(["run", path])
      #expect(result.status == 1 && result.errors.contains("Ethos-U only"))
    }
  }

  @Test func exportAsksForTheDriver() throws {
    try withModel { path, folder in
      let result = try Tool.run([
        "export", path, "--board", "corstone-300", "--to", folder.appending(path: "out").path,
        "--json",
      ])
      #expect(result.status == 0 && result.errors.contains("ethosu_init()"))
      #expect(!result.errors.contains("nnopt plan") && !result.errors.contains("leaves out"))
    }
  }
}

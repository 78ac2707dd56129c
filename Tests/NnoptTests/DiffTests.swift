import Foundation
import Testing

@Suite struct DiffTests {
  private let float = Tool.model("cnn_float32")
  private let int8 = Tool.model("cnn_int8")

  @Test func equalModelsExitWithZero() throws {
    let result = try Tool.run(["diff", int8, int8, "--exit-code"])
    #expect(result.status == 0)
    #expect(result.output.contains("the models have equal content"))
  }

  @Test func differencesAreSaidInWords() throws {
    let result = try Tool.run(["diff", float, int8])
    #expect(result.status == 0)
    #expect(result.output.contains("float32 1×28×28×1 → int8 1×28×28×1"))
    #expect(result.output.contains("peak SRAM, file's order"))
    #expect(result.output.contains("\nweights: "))
    #expect(try Tool.run(["diff", float, int8, "--exit-code"]).status == 2)
  }

  @Test func aRewrittenFileHasEqualContent() throws {
    try Tool.withFolder { folder in
      let path = folder.appending(path: "planned.tflite").path
      let plan = ["plan", Tool.model("randwire_int8"), "--no-offline-plan", "--runtime", "none"]
      #expect(try Tool.run(plan + ["--output", path]).status == 0)
      let result = try Tool.run(["diff", Tool.model("randwire_int8"), path])
      #expect(result.output.contains("operators: "))
      #expect(result.output.contains(" reordered"))
      #expect(!result.output.contains("added") && !result.output.contains("removed"))
    }
  }

  @Test func jsonIsOneDocument() throws {
    let result = try Tool.run(["diff", float, int8, "--json", "--exit-code"])
    #expect(result.status == 2)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(object?["equal"] as? Bool == false)
  }

  @Test func badInputExitsWithOne() throws {
    #expect(try Tool.run(["diff", float, "missing.tflite"]).status == 1)
    #expect(try Tool.run(["diff", #filePath, float]).status == 1)
    #expect(try Tool.run(["diff", float]).status == 64)
  }
}

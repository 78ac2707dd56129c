import Foundation
import Testing

@Suite struct CheckTests {
  private let reference = Tool.model("cnn_float32")
  private let candidate = Tool.model("cnn_int8")

  @Test func jsonHasTheStableKeys() throws {
    let result = try Tool.run(["check", reference, candidate, "--json"])
    #expect(result.status == 0)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(document["samples"] as? Int == 20)
    for key in ["reference", "candidate"] {
      let accuracy = try #require(document[key] as? [String: Any])
      #expect(Set(accuracy.keys) == ["top1", "top5"])
    }
    #expect(document["agreement"] is Double)
    for key in ["outputs", "layers"] {
      let tensors = try #require(document[key] as? [[String: Any]])
      #expect(tensors.allSatisfy { Set($0.keys) == ["name", "sqnrDb", "maxDifference", "differingBytes"] })
      #expect(!tensors.isEmpty)
    }
  }

  @Test func randomDataAreNamedAsSuch() throws {
    let result = try Tool.run(["check", reference, candidate])
    #expect(result.output.contains("random, seed 1"))
    #expect(result.output.contains("Where the error enters"))
  }

  @Test func aModelAgreesWithItself() throws {
    let result = try Tool.run(["check", candidate, candidate, "--max-drop", "0"])
    #expect(result.status == 0)
    #expect(result.output.contains("equal"))
  }

  @Test func tooLargeADropExitsWithThree() throws {
    let result = try Tool.run(["check", reference, Tool.model("dscnn_int8"), "--max-drop", "0"])
    #expect(result.status == 3)
    #expect(result.output.contains("above the limit"))
  }

  @Test func modelsWithOtherOutputsCannotBeCompared() throws {
    let result = try Tool.run(["check", reference, Tool.model("streaming_float32")])
    #expect(result.status == 1)
  }

  @Test func usageErrorsExitWith64() throws {
    #expect(try Tool.run(["check", reference]).status == 64)
    #expect(try Tool.run(["check", reference, candidate, "--max-drop", "101"]).status == 64)
    #expect(try Tool.run(["check", reference, candidate, "--labels", "y.npy"]).status == 64)
  }

  @Test func strippedModelsAreComparedByOperators() throws {
    try Tool.withFolder { folder in
      let model = Tool.model("cnn_int8")
      let stripped = folder.appending(path: "s.tflite").path
      #expect(try Tool.run(["optimize", model, "--strip", "-o", stripped]).status == 0)
      let result = try Tool.run(["check", model, stripped])
      #expect(result.status == 0 && result.output.contains("Where the error enters"), "\(result.output)")
      let data = try Tool.npy([2, 28, 28], in: folder) { Float($0 % 255) / 255 }
      let named = try Tool.run(["check", model, stripped, "--data", "image=\(data)"])
      #expect(named.status == 0, "\(named.errors)")
    }
  }
}

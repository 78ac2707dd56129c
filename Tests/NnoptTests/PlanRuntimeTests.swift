import Foundation
import Testing

/// What `nnopt plan` says of TFLM's arena, and what it writes for it.
@Suite struct PlanRuntimeTests {
  private let model = Tool.model("resnet_int8")

  private func runtime(_ arguments: [String], _ key: String = "tflm") throws -> [String: Any] {
    let result = try Tool.run(["plan", "--json"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let entry = try #require((document?["models"] as? [[String: Any]])?.first)
    return try #require(entry[key] as? [String: Any])
  }

  @Test(arguments: ["tflm", "tflm32"])
  func jsonHasTheStableKeys(key: String) throws {
    let figures = try runtime([model], key)
    for key in ["stockHeadBytes", "headBytes", "tailBytes", "smallestArenaBytes"] {
      #expect(figures[key] is Int, "\(key)")
    }
    #expect(figures["kernels"] as? String == "any")
  }

  @Test func referenceKernelsAllowMoreOverlap() throws {
    let any = try #require(try runtime([model])["headBytes"] as? Int)
    let figures = try runtime([model, "--kernels", "reference"])
    #expect(figures["kernels"] as? String == "reference")
    #expect(try #require(figures["headBytes"] as? Int) < any)
  }

  @Test func boardImpliesTheKernels() throws {
    #expect(try runtime([model, "--board", "esp32"])["kernels"] as? String == "esp-nn")
    #expect(try runtime([model, "--board", "nucleo-f401re"])["kernels"] as? String == "cmsis-nn")
    let chosen = try runtime([model, "--board", "nucleo-f401re", "--kernels", "reference"])
    #expect(chosen["kernels"] as? String == "reference")
  }

  @Test(arguments: ["streaming_float32", "while_float32", "cnn_int8"])
  func exportGivesTheSameArena(name: String) throws {
    for more in [[], ["--resource-slots", "60"], ["--board", "nano33ble"], ["--board", "esp32-s3"]] {
      try Tool.withFolder { folder in
        let planned = folder.appending(path: "planned.tflite").path
        let kernels = more.first == "--board" ? [] : ["--kernels", "cmsis-nn"]
        let options = kernels + more
        let figures = try runtime([Tool.model(name), "--output", planned] + options, "tflm32")
        let folder = folder.appending(path: "out").path
        let result = try Tool.run(["export", planned, "--to", folder, "--json"] + options)
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let arena = try #require(document?["arenaBytes"] as? Int)
        #expect(arena == figures["smallestArenaBytes"] as? Int, "\(more)")
      }
    }
  }

  @Test func roomForVariablesIsSaidWhereThereAreAny() throws {
    let model = Tool.model("streaming_float32")
    #expect(try Tool.run(["plan", model]).output.contains("the model's own"))
    #expect(
      try Tool.run(["plan", model, "--resource-slots", "60"]).output.contains(
        "room for 60 resource variables"))
    #expect(try !Tool.run(["plan", self.model]).output.contains("resource variables"))
    for arguments in [["0"], ["65537"], ["4", "--runtime", "none"]] {
      #expect(try Tool.run(["plan", model, "--resource-slots"] + arguments).status == 64)
    }
  }

  @Test func writtenOffsetsAreObeyed() throws {
    try Tool.withFolder { folder in
      let planned = folder.appending(path: "planned.tflite").path
      let figures = try runtime([model, "--kernels", "reference", "--output", planned])
      let again = try runtime([planned, "--kernels", "reference"])
      #expect(again["stockHeadBytes"] as? Int == figures["headBytes"] as? Int)
      let compared = try Tool.run(["check", model, planned, "--max-drop", "0"])
      #expect(compared.status == 0)
    }
  }

  @Test func withoutOffsetsTheRuntimeChooses() throws {
    try Tool.withFolder { folder in
      let planned = folder.appending(path: "planned.tflite").path
      let figures = try runtime([Tool.model("randwire_int8"), "--no-offline-plan", "--output", planned])
      let again = try runtime([planned, "--no-offline-plan"])
      #expect(again["stockHeadBytes"] as? Int == figures["headBytes"] as? Int)
      #expect(!(try Data(contentsOf: URL(filePath: planned))).contains(Data("OfflineMemoryAllocation".utf8)))
    }
  }

  @Test func tensorsAloneHaveNoRuntime() throws {
    let result = try Tool.run(["plan", model, "--runtime", "none"])
    #expect(result.status == 0)
    #expect(!result.output.contains("TFLM's arena"))
    #expect(try Tool.run(["plan", model, "--runtime", "none", "--kernels", "any"]).status == 64)
  }

  @Test func textShowsThePriceOfEachLibrary() throws {
    let text = try Tool.run(["plan", model]).output
    for name in ["safe on any", "reference (32-bit)", "cmsis-nn (Cortex-M4)", "esp-nn (ESP32-S3)"] {
      #expect(text.contains(name))
    }
  }
}

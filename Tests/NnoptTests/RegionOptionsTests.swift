import Foundation
import Testing

@Suite struct RegionOptionsTests {
  private let model = Tool.model("cnn_int8")

  @Test(arguments: [
    "", "sram", "sram=", "=1K", "sram=0", "sram=-1", "sram=4096M", "0a=1K", "a-b=1K", "ä=1K", "a=1K,",
    "a=1K,a=2K",
    "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1",
  ])
  func badListsAreUsageErrors(list: String) throws {
    for command in [["plan", model], ["export", model, "--to", "/no/such/folder"]] {
      let result = try Tool.run(command + ["--regions", list])
      #expect(result.status == 64, "\(list)")
      #expect(result.errors.contains("--regions"))
    }
  }

  @Test func planShowsTheRegions() throws {
    let result = try Tool.run(["plan", model, "--regions", "tcm=2K,_psram2=4M"])
    #expect(result.status == 0)
    #expect(result.output.contains("Memory regions, the fastest first\n"))
    #expect(result.output.contains("_psram2"))
    let alone = try Tool.run(["plan", model, "--regions", "tcm=2K,psram=4M", "--runtime", "none"])
    #expect(alone.status == 0)
  }

  @Test func jsonHasTheRegions() throws {
    let result = try Tool.run(["plan", model, model, "--regions", "a=2K,b=4M", "--json"])
    #expect(result.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let models = try #require(document?["models"] as? [[String: Any]])
    #expect(models.allSatisfy { ($0["regions"] as? [String: Any])?["fits"] as? Bool == true })
  }

  @Test func modelsThatDoNotFitEndWithTwo() throws {
    let result = try Tool.run(["plan", model, "--regions", "a=16,b=16"])
    #expect(result.status == 2)
    #expect(result.output.contains("does not fit the regions"))
    #expect(result.errors.contains("cnn_int8.tflite: does not fit the regions: "))
    try Tool.withFolder { folder in
      let target = folder.appending(path: "out").path
      let export = try Tool.run(["export", model, "--to", target, "--regions", "a=16"])
      #expect(export.status == 2)
      #expect(export.errors.contains("everything fits"))
      #expect(!FileManager.default.fileExists(atPath: target))
    }
  }

  @Test func exportWritesTheTable() throws {
    try Tool.withFolder { folder in
      let arguments = ["export", model, "--to", folder.path, "--regions", "a=2K,b=4M"]
      let result = try Tool.run(arguments)
      #expect(result.status == 0)
      #expect(result.output.contains("memory_regions.h"))
      #expect(result.output.contains("\nMemory regions\n"))
      let header = try String(contentsOf: folder.appending(path: "memory_regions.h"), encoding: .utf8)
      #expect(header.contains("    {\"a\", 2048, "))
      let json = try Tool.run(arguments + ["--json"])
      #expect(json.output.contains("\"capacityBytes\" : 2048"))
    }
  }
}

import Foundation
import Testing

@Suite struct StripesTests {
  private func entry(_ arguments: [String]) throws -> [String: Any] {
    let text = try Tool.run(["plan"] + arguments + ["--json", "--kernels", "reference"]).output
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require((document?["models"] as? [[String: Any]])?.first)
  }

  /// A striped file is compared with the file that it was made of, gives its answers, and is left alone the next time.
  @Test func aStripedFileTakesLessThanThePlannedOne() throws {
    try Tool.withFolder { folder in
      let striped = folder.appending(path: "striped.tflite").path
      let before = try entry([Tool.model("cnn_int8")])
      let after = try entry([Tool.model("cnn_int8"), "--stripes", "--output", striped])
      let runtimes = try [before, after].map { try #require($0["tflm32"] as? [String: Any]) }
      #expect(runtimes[0]["stockHeadBytes"] as? Int == runtimes[1]["stockHeadBytes"] as? Int)
      let heads = try runtimes.map { try #require($0["headBytes"] as? Int) }
      #expect(heads[1] * 2 < heads[0])
      // Beside the striped row, the others are those of the model as it is.
      let peaks = try [before, after].map { try #require($0["orders"] as? [[String: Any]]) }.map { rows in
        rows.map { "\($0["name"] ?? "") \($0["peakBytes"] ?? "")" }
      }
      #expect(peaks[0].count >= 4 && Array(peaks[1].prefix(peaks[0].count)) == peaks[0])
      #expect(try Tool.run(["check", Tool.model("cnn_int8"), striped]).output.contains("100"))
      let again = try #require(try entry([striped, "--stripes"])["stripes"] as? [String: Any])
      #expect((again["reason"] as? String)?.contains("already") == true)
    }
  }

  @Test func theLeastWorkThatFitsIsTaken() throws {
    let all = try #require(try entry([Tool.model("cnn_int8"), "--stripes"])["stripes"] as? [String: Any])
    let tried = try #require(all["tried"] as? [[String: Any]])
    let arenas = tried.compactMap { $0["arenaBytes"] as? Int }
    let limit = try #require(arenas.max())
    let fitting = try #require(
      try entry([Tool.model("cnn_int8"), "--stripes", "fit", "--fail-over", "\(limit)"])["stripes"]
        as? [String: Any])
    let least = tried.filter { ($0["arenaBytes"] as? Int ?? .max) <= limit }
      .compactMap { $0["extraMacs"] as? Int }.min()
    #expect(fitting["extraMacs"] as? Int == least)
    #expect(try #require(fitting["arenaBytes"] as? Int) <= limit)
  }

  /// `optimize` takes the same stripes as `plan`, and says what they cost.
  @Test func optimizingWithStripesIsPlanningWithThem() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "striped.tflite").path
      let made = try Tool.run([
        "optimize", Tool.model("cnn_int8"), "--stripes", "--kernels", "reference", "-o", file,
      ])
      #expect(made.status == 0)
      #expect(made.output.contains("TFLM of 2025-11 or later"))
      let planned = try entry([file])
      let own = (planned["plan"] as? [String: Any])?["peakBytes"] as? Int
      let name = (planned["plan"] as? [String: Any])?["order"] as? String
      let rows = try #require(planned["orders"] as? [[String: Any]])
      #expect(own != nil && rows.first { $0["name"] as? String == name }?["peakBytes"] as? Int == own)
      // Tensors of a loop that share their bytes count once in every order.
      let peaks = rows.compactMap { $0["peakBytes"] as? Int }
      #expect(peaks.count >= 4 && peaks.allSatisfy { $0 < 10_000 })
      let direct = try #require(try entry([Tool.model("cnn_int8"), "--stripes"])["tflm32"] as? [String: Any])
      let head = try #require((planned["tflm32"] as? [String: Any])?["headBytes"] as? Int)
      #expect(try head <= #require(direct["headBytes"] as? Int))
      #expect(try Tool.run(["check", Tool.model("cnn_int8"), file]).output.contains("100"))
    }
  }

  /// A loop's body counts as often as it turns.
  @Test func macsOfAStripedFileAreThoseOfItsTurns() throws {
    func macs(_ entry: [String: Any]) -> Int? { (entry["summary"] as? [String: Any])?["macs"] as? Int }
    try Tool.withFolder { folder in
      let file = folder.appending(path: "striped.tflite").path
      let striped = try entry([Tool.model("dscnn_int8"), "--stripes", "--output", file])
      let extra = try #require((striped["stripes"] as? [String: Any])?["extraMacs"] as? Int)
      let whole = try #require(macs(try entry([Tool.model("dscnn_int8")])))
      #expect(extra > 0)
      #expect(try macs(entry([file])) == whole + extra)
    }
  }

  /// What other commands make of a striped file: the same figures, buffers that `place` reads, and no harm.
  @Test func aStripedFileGoesThroughOtherCommands() throws {
    try Tool.withFolder { folder in
      let (file, csv) = (folder.appending(path: "s.tflite").path, folder.appending(path: "b.csv").path)
      let first = try entry([Tool.model("cnn_int8"), "--stripes", "--output", file, "--buffers", csv])
      let again = try entry([file])
      for key in ["peakBytes", "arenaBytes"] {
        let figures = [first, again].map { ($0["plan"] as? [String: Any])?[key] as? Int }
        #expect(figures[0] != nil && figures[0] == figures[1], "\(key): \(figures)")
      }
      #expect(try Tool.run(["place", csv]).status == 0)
      let steps = try Tool.run(["plan", file, "--steps", folder.appending(path: "steps.csv").path])
      #expect(steps.status == 1 && steps.errors.contains("share bytes"))
      let optimized = try Tool.run(["optimize", file, "--dry-run"])
      #expect(optimized.status == 1 && optimized.errors.contains("stripes already"))
    }
  }

  /// For older TFLM the file has no DYNAMIC_UPDATE_SLICE, and says that it needs no month.
  @Test func olderRuntimesAreServed() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "s.tflite").path
      let options = ["--stripes", "--tflm-before", "2025-11"]
      let striped = try #require(
        try entry([Tool.model("cnn_int8")] + options + ["--output", file])["stripes"] as? [String: Any])
      #expect(striped["needsTflm"] == nil && (striped["loops"] as? [Any])?.isEmpty == false)
      #expect(try !Tool.run(["inspect", file]).output.contains("DYNAMIC_UPDATE_SLICE"))
      #expect(try Tool.run(["check", Tool.model("cnn_int8"), file]).output.contains("100"))
      let newer = try entry([Tool.model("cnn_int8"), "--stripes"])["stripes"] as? [String: Any]
      #expect(newer?["needsTflm"] as? String == "2025-11")
    }
    for month in ["2025", "2025-13", "25-11", "x"] {
      #expect(
        try Tool.run(["plan", Tool.model("cnn_int8"), "--stripes", "--tflm-before", month]).status == 64)
    }
    #expect(try Tool.run(["plan", Tool.model("cnn_int8"), "--tflm-before", "2025-11"]).status == 64)
  }

  @Test func stripesWithoutAnArenaAreRefused() throws {
    let model = Tool.model("cnn_int8")
    #expect(try Tool.run(["plan", model, "--stripes", "--alignment", "32"]).status == 64)
    for options in [["--stripes", "fit"], ["--stripes", "--runtime", "none"], ["--max-extra-macs", "9%"]] {
      #expect(try Tool.run(["optimize", model, "--dry-run"] + options).status == 64, "\(options)")
    }
    for options in [["--stripes", "fit"], ["--stripes", "--runtime", "none"], ["--max-extra-macs", "9%"]] {
      #expect(try Tool.run(["plan", model] + options).status == 64, "\(options)")
    }
    let fit = ["optimize", model, "--dry-run", "--fit", "--board", "esp32", "--stripes"]
    #expect(try Tool.run(fit).status == 64)
  }
}

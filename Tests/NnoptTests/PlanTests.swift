import Foundation
import Testing

@Suite struct PlanTests {
  private let model = Tool.model("randwire_float32")

  @Test func jsonHasTheStableKeys() throws {
    let result = try Tool.run(["plan", model, "--board", "esp32-s3", "--json"])
    #expect(result.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let entry = try #require((document?["models"] as? [[String: Any]])?.first)
    #expect(entry["path"] as? String == model)
    #expect(entry["operators"] is Int)
    let orders = try #require(entry["orders"] as? [[String: Any]])
    #expect(orders.compactMap { $0["name"] as? String }.first == "file")
    #expect(orders.allSatisfy { $0["peakBytes"] is Int })
    let plan = try #require(entry["plan"] as? [String: Any])
    for key in ["order", "peakBytes", "lowerBoundBytes", "proved", "arenaBytes"] {
      #expect(plan[key] != nil, "\(key)")
    }
    let board = try #require(entry["board"] as? [String: Any])
    for key in ["id", "availableBytes", "fits", "marginBytes"] { #expect(board[key] != nil, "\(key)") }
  }

  @Test func exitCodesTellWhatHappened() throws {
    #expect(try Tool.run(["plan", model]).status == 0)
    #expect(try Tool.run(["plan", model, "--fail-over", "1K"]).status == 2)
    #expect(try Tool.run(["plan", model, "--board", "atmega328p"]).status == 2)
    #expect(try Tool.run(["plan", "/no/such.tflite"]).status == 1)
    #expect(try Tool.run(["plan"]).status == 64)
    #expect(try Tool.run(["plan", model, model, "--svg", "x.svg"]).status == 64)
    #expect(try Tool.run(["plan", model, "--alignment", "0"]).status == 64)
  }

  @Test func errorsNameTheFileAndGoToTheErrorStream() throws {
    let result = try Tool.run(["plan", "/no/such.tflite"])
    #expect(result.output.isEmpty)
    #expect(result.errors == "nnopt: /no/such.tflite: cannot be read: No such file or directory\n")
  }

  @Test func unknownBoardGetsASuggestion() throws {
    let result = try Tool.run(["plan", model, "--board", "esp33"])
    #expect(result.status == 1)
    #expect(result.errors.contains("did you mean 'esp32'?"))
  }

  @Test func plannedFileHasThePlannedPeakInItsOwnOrder() throws {
    try Tool.withFolder { folder in
      let planned = folder.appending(path: "planned.tflite").path
      #expect(try Tool.run(["plan", model, "--output", planned]).status == 0)
      let before = try peaks(of: model)
      let after = try peaks(of: planned)
      #expect(after["file"] == before["optimal"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["planned.tflite"])
    }
  }

  @Test func outputsDoNotReplaceEachOtherOrTheModel() throws {
    try Tool.withFolder { folder in
      let copy = folder.appending(path: "m.tflite")
      try FileManager.default.copyItem(atPath: model, toPath: copy.path)
      let output = folder.appending(path: "o").path
      #expect(try Tool.run(["plan", copy.path, "--svg", output, "--output", output]).status == 64)
      #expect(try Tool.run(["plan", copy.path, "--svg", copy.path]).status == 64)
      #expect(FileManager.default.contentsEqual(atPath: model, andPath: copy.path))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func boardsOfOnesOwnAreReadWithoutABoardToo() throws {
    #expect(try Tool.run(["plan", model, "--boards", "/no/such.csv"]).status == 1)
  }

  @Test func errorsCarryNoCodesFromNames() throws {
    let result = try Tool.run(["plan", "/no/\u{1B}[31m\nsuch.tflite"])
    #expect(
      result.errors
        == "nnopt: /no/\u{FFFD}[31m\u{FFFD}such.tflite: cannot be read: No such file or directory\n")
  }

  @Test(arguments: [
    (["LC_ALL": "C"], true), (["LC_ALL": "", "LANG": "POSIX"], true), (["LANG": "de_DE.ISO-8859-1"], true),
    (["LC_ALL": "en_US.UTF-8", "LANG": "C"], false), (["LANG": "C.utf8"], false),
  ])
  func localeChoosesTheCharacters(environment: [String: String], isASCII: Bool) throws {
    let output = try Tool.run(["plan", model], environment: environment).output
    #expect(output.utf8.allSatisfy { $0 < 128 } == isASCII)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func fullDisksAreNoticed() throws {
    let process = Process()
    process.executableURL = try Tool.binary()
    process.arguments = ["plan", model, "--json"]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test func nothingIsWrittenForBadInput() throws {
    try Tool.withFolder { folder in
      let bad = folder.appending(path: "bad.tflite")
      try Data("\u{89}PNG\r\n".utf8).write(to: bad)
      let output = folder.appending(path: "out.tflite").path
      #expect(try Tool.run(["plan", bad.path, "--output", output]).status == 1)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func goodModelsAreShownBesideBadOnes() throws {
    let result = try Tool.run(["plan", "/no/such.tflite", model, Tool.model("cnn_int8")])
    #expect(result.status == 1)
    #expect(result.output.contains("cnn_int8.tflite"))
    #expect(result.errors.contains("/no/such.tflite"))
  }

  @Test func pipesGetNoColourCodes() throws {
    let result = try Tool.run(["plan", model], environment: ["TERM": "xterm-256color"])
    #expect(!result.output.contains("\u{1B}"))
  }

  private func peaks(of path: String) throws -> [String: Int] {
    let result = try Tool.run(["plan", path, "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let entry = try #require((document?["models"] as? [[String: Any]])?.first)
    let orders = try #require(entry["orders"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: orders.compactMap { order in
        guard let name = order["name"] as? String, let peak = order["peakBytes"] as? Int else { return nil }
        return (name, peak)
      })
  }
}

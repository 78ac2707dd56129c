import Foundation
import Testing

/// Names from files and from the command line never steer a terminal.
@Suite struct HostileNamesTests {
  /// One of our models whose output is called by an escape sequence.
  private func model(in folder: URL) throws -> String {
    var data = try Data(contentsOf: URL(filePath: Tool.model("cnn_int8")))
    let name = try #require(data.range(of: Data("Identity".utf8)))
    data.replaceSubrange(name, with: Data("\u{1B}[2J\u{7}\n\u{9}x".utf8))
    let file = folder.appending(path: "model.tflite")
    try data.write(to: file)
    return file.path
  }

  private func expectHarmless(_ result: Tool.Result, _ words: [String]) {
    for scalar in (result.output + result.errors).unicodeScalars where scalar != "\n" {
      let isControl = scalar.properties.generalCategory == .control
      #expect(!isControl, "U+\(String(scalar.value, radix: 16)) by \(words)")
      if isControl { return }
    }
  }

  @Test func outputNamesAreMadePrintable() throws {
    try Tool.withFolder { folder in
      let model = try model(in: folder)
      let wrong = ["run", model, "--output", "nosuch=y.npy"]
      let result = try Tool.run(wrong)
      #expect(result.status == 64)
      #expect(result.errors.contains("it has #0 '\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD}x'"), "\(result.errors)")
      expectHarmless(result, wrong)
      let commands = [
        ["run", model, "--samples", "1", "--timing"], ["plan", model], ["plan", model, model, "--json"],
        ["check", model, model, "--samples", "1"], ["inspect", model], ["inspect", model, "--json"],
        ["diff", model, Tool.model("cnn_int8")], ["optimize", model, "--dry-run"],
        ["export", model, "--to", folder.appending(path: "out").path],
      ]
      for words in commands {
        let result = try Tool.run(words)
        #expect(result.status == 0, "\(words) \(result.errors)")
        expectHarmless(result, words)
      }
    }
  }

  @Test(arguments: ["plan", "inspect", "export", "boards", "place", "run", "optimize", "diff", "check"])
  func wrongCommandLinesAreMadePrintable(command: String) throws {
    let name = "\u{1B}[2J\u{7}\u{9B}"
    for words in [[command, "--\(name)"], [command, name, name, name], [command, name]] {
      let result = try Tool.run(words)
      #expect([1, 64].contains(result.status), "\(words)")
      expectHarmless(result, words)
    }
  }

  @Test(arguments: ["boards", "plan", "export", "optimize"]) func boardsAreRefused(command: String) throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "boards.csv").path
      try Data("id,sram_bytes\n\u{1B}[31mX,1000\n".utf8).write(to: URL(filePath: file))
      let id = ["--board", "\u{1B}[31mX"]
      let rest: [String: [String]] = [
        "boards": [], "plan": [Tool.model("cnn_int8")] + id,
        "export": [Tool.model("cnn_int8"), "--to", folder.path + "/out"] + id,
        "optimize": [Tool.model("cnn_int8"), "--dry-run"] + id,
      ]
      let words = [command, "--boards", file] + (rest[command] ?? [])
      let result = try Tool.run(words)
      #expect(result.status == 1)
      #expect(
        result.errors.contains("boards.csv:2:1: column 'id': it contains the invisible character U+001B"))
      expectHarmless(result, words)
    }
  }
}

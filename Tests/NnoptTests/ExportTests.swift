import Foundation
import Testing

@Suite struct ExportTests {
  private let model = Tool.model("cnn_int8")

  @Test func jsonHasTheStableKeys() throws {
    try Tool.withFolder { folder in
      let result = try Tool.run(["export", model, "--board", "esp32", "--to", folder.path, "--json"])
      #expect(result.status == 0)
      #expect(result.errors.isEmpty)
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(document["format"] as? String == "esp-idf")
      #expect(document["kernels"] as? String == "esp-nn")
      #expect(document["name"] as? String == "cnn_int8")
      let arena = try #require(document["arenaBytes"] as? Int)
      let settings = try String(
        contentsOf: folder.appending(path: "main/model_settings.h"), encoding: .utf8)
      #expect(settings.contains("kTensorArenaSize = \(arena);"))
      let files = try #require(document["files"] as? [[String: Any]])
      for file in files {
        let path = folder.appending(path: try #require(file["path"] as? String)).path
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        #expect(size == file["bytes"] as? Int)
      }
      #expect((document["warnings"] as? [Any])?.isEmpty == true)
      #expect((document["board"] as? [String: Any])?["fits"] as? Bool == true)
    }
  }

  @Test(arguments: [
    ([], "main.cc"), (["--format", "arduino"], "b.ino"), (["--board", "esp32"], "main/main.cc"),
  ])
  func formatsHaveTheirExample(options: [String], path: String) throws {
    try Tool.withFolder { folder in
      let result = try Tool.run(["export", model, "--to", folder.appending(path: "a/b").path] + options)
      #expect(result.status == 0)
      #expect(result.output.contains(path))
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "a/b/\(path)").path))
    }
  }

  @Test func withoutABoardTheTargetIsNamed() throws {
    try Tool.withFolder { folder in
      let output = try Tool.run(["export", model, "--to", folder.path]).output
      #expect(output.contains("any 32-bit Arm, kernels reference, as no board was given"))
    }
  }

  @Test func changedFilesStay() throws {
    try Tool.withFolder { folder in
      let export = ["export", model, "--to", folder.path]
      #expect(try Tool.run(export).status == 0)
      #expect(try Tool.run(export + ["--name", "other"]).status == 0)
      let example = folder.appending(path: "main.cc")
      let mine = Data("int main() { return 1; }\n".utf8)
      try mine.write(to: example)
      let refused = try Tool.run(export)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("main.cc: cannot be written: it was not written by nnopt"))
      #expect(try Data(contentsOf: example) == mine)
      let settings = try String(contentsOf: folder.appending(path: "model_settings.h"), encoding: .utf8)
      #expect(settings.contains("namespace other"))
      #expect(try Tool.run(export + ["--force"]).status == 0)
      #expect(try Data(contentsOf: example) != mine)
    }
  }

  @Test func exitCodesTellWhatHappened() throws {
    try Tool.withFolder { folder in
      let to = ["--to", folder.appending(path: "out").path]
      let cases: [(arguments: [String], status: Int32)] = [
        ([model], 64), (["/no/such.tflite"] + to, 1), ([model, "--board", "esp33"] + to, 1),
        ([model, "--name", "a-b"] + to, 64), ([model, "--board", "esp32", "--kernels", "cmsis-nn"] + to, 64),
        ([model, "--to", model], 1),
      ]
      for bad in cases {
        let result = try Tool.run(["export"] + bad.arguments)
        #expect(result.status == bad.status, "\(bad.arguments)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path))
      let tooSmall = try Tool.run(["export", model, "--board", "atmega328p"] + to)
      #expect(tooSmall.status == 2)
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "out/main.cc").path))
    }
  }

  @Test func flashAndRefusalsAreJudgedAsPlanDoes() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "boards.csv").path
      try Data("id,name,sram_bytes,flash_bytes,core\nmine,Mine,262144,65536,Cortex-M4\n".utf8)
        .write(to: URL(filePath: file))
      let board = ["--board", "mine", "--boards", file]
      let large = try Tool.run(["export", Tool.model("cnn_float32"), "--to", folder.path + "/a"] + board)
      #expect(large.status == 2 && large.output.contains("does not fit the flash of mine"), "\(large.output)")
      #expect(try Tool.run(["plan", Tool.model("cnn_float32")] + board).status == 2)

      let half = folder.path + "/half.tflite"
      let float = try Tool.run([
        "optimize", Tool.model("cnn_float32"), "-o", half, "--quantize", "float16",
      ])
      #expect(float.status == 0)
      let refused = try Tool.run(["export", half, "--to", folder.path + "/b"])
      #expect(refused.status == 2 && refused.output.contains("TFLM will refuse this model"))
      #expect(try Tool.run(["plan", half]).status == 2)
    }
  }

  @Test func anExportNamesThePlanThatTakesLess() throws {
    try Tool.withFolder { folder in
      let float = Tool.model("randwire_float32")
      let board = ["--board", "nucleo-f401re"]
      let result = try Tool.run(["export", float, "--to", folder.path + "/a"] + board)
      #expect(result.status == 2 && result.output.contains("whose arena is 80,"), "\(result.output)")
      let planned = folder.path + "/planned.tflite"
      #expect(try Tool.run(["plan", float, "-o", planned] + board).status == 0)
      let again = try Tool.run(["export", planned, "--to", folder.path + "/b"] + board)
      #expect(again.status == 0 && !again.output.contains("whose arena is"), "\(again.output)")
    }
  }
}

import Foundation
import Testing

@testable import Zoo

/// `nnopt zoo` as a user runs it.
@Suite struct ZooTests {
  /// Some of our own models, and some files that are none.
  private func withZoo<Result>(_ work: (_ models: URL, _ out: URL) throws -> Result) throws -> Result {
    try Tool.withFolder { folder in
      let models = folder.appending(path: "models")
      let manager = FileManager.default
      try manager.createDirectory(at: models.appending(path: "deep"), withIntermediateDirectories: true)
      for (name, place) in [("cnn_int8", "a"), ("resnet_int8", "deep/b"), ("randwire_int8", "deep/c")] {
        try manager.copyItem(atPath: Tool.model(name), toPath: models.appending(path: "\(place).tflite").path)
      }
      return try work(models, folder.appending(path: "zoo"))
    }
  }

  private func run(_ models: URL, _ out: URL, _ more: String...) throws -> Tool.Result {
    try Tool.run(["zoo", models.path, "--out", out.path, "--board", "esp32", "--jobs", "2"] + more)
  }

  private func report(_ out: URL, _ format: String) throws -> String {
    let result = try Tool.run(["zoo", "report", out.path, "--format", format])
    #expect(result.status == 0)
    return result.output
  }

  @Test func everyModelHasARowAndAFile() throws {
    try withZoo { models, out in
      let result = try run(models, out, "--board", "nano33ble")
      #expect(result.status == 0 && result.errors.contains("6 of 6 results made"))
      #expect(result.output.contains("deep/b.tflite"))
      for place in ["esp32/a", "esp32/deep/b", "nano33ble/deep/c"] {
        #expect(FileManager.default.fileExists(atPath: "\(out.path)/models/\(place).tflite"))
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == [
          "models", "zoo.lock", "zoo.sqlite",
        ])
    }
  }

  @Test func figuresAreThoseOfPlan() throws {
    try withZoo { models, out in
      _ = try run(models, out)
      let plan = try Tool.run(["plan", models.path + "/a.tflite", "--board", "esp32", "--format", "csv"])
        .output
      let fields = try #require(plan.split(separator: "\n").last).split(separator: ",")
      let row = try #require(report(out, "csv").split(separator: "\n").first { $0.hasPrefix("a.tflite,") })
      #expect(row.contains(",\(fields[3]),\(fields[4]),"))
    }
  }

  @Test func nothingIsDoneTwiceAndChangesAreDoneAgain() throws {
    try withZoo { models, out in
      _ = try run(models, out)
      let before = try report(out, "csv")
      #expect(try run(models, out).errors.contains("0 of 3 results made"))
      #expect(try report(out, "csv") == before)
      let manager = FileManager.default
      try manager.removeItem(atPath: out.path + "/models/esp32/a.tflite")
      #expect(try run(models, out).errors.contains("1 of 3 results made"))
      try manager.removeItem(at: models.appending(path: "a.tflite"))
      try manager.copyItem(atPath: Tool.model("cnn_float32"), toPath: models.path + "/a.tflite")
      #expect(try run(models, out).errors.contains("1 of 3 results made"))
      #expect(try run(models, out, "--kernels", "reference").errors.contains("3 of 3 results made"))
      try manager.removeItem(at: models.appending(path: "a.tflite"))
      #expect(try run(models, out, "--kernels", "reference").errors.contains("0 of 2 results made"))
      #expect(try report(out, "csv").split(separator: "\n").count == 3)
    }
  }

  @Test func badModelsHaveTheirRows() throws {
    try withZoo { models, out in
      try Data("no model".utf8).write(to: models.appending(path: "bad.tflite"))
      try FileManager.default.createSymbolicLink(
        atPath: models.path + "/dead.tflite", withDestinationPath: "none")
      let result = try run(models, out)
      #expect(result.status == 5)
      let lines = try report(out, "csv").split(separator: "\n")
      #expect(lines.count == 6)
      #expect(
        lines.contains {
          $0.hasPrefix("bad.tflite,esp32,error,") && $0.contains("not a TensorFlow Lite model")
        })
      #expect(lines.contains { $0.hasPrefix("dead.tflite,esp32,error,") && $0.contains("No such file") })
      #expect(try run(models, out).errors.contains("0 of 5 results made"))
    }
  }

  @Test func optionsComeFromTheLineAndTheTable() throws {
    try withZoo { models, out in
      try Data("path,options\ndeep/**,--strip --quantize int16x8\n".utf8).write(
        to: models.appending(path: "zoo.csv"))
      let result = try run(models, out, "--optimize", "--strip")
      #expect(result.status == 5)
      let lines = try report(out, "jsonl").split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0].contains("--board esp32 --strip\"") && lines[0].contains("optimizedArenaBytes"))
      #expect(lines[1].contains("--strip --quantize int16x8\""))
    }
  }

  @Test func wrongOptionsAreRefusedBeforeAnythingIsDone() throws {
    try withZoo { models, out in
      #expect(try run(models, out, "--strip").status == 64)
      #expect(try run(models, out, "--optimize", "--quantize", "int9").status == 64)
      #expect(try run(models, out, "--shard", "3/2").status == 64)
      try Data("path,options\n**,--outputs x\n".utf8).write(to: models.appending(path: "zoo.csv"))
      let result = try run(models, out)
      #expect(result.status == 64 && result.errors.contains("zoo.csv:2"))
      #expect(!FileManager.default.fileExists(atPath: out.path))
    }
  }

  @Test func partsMergedInAnyOrderAreTheWhole() throws {
    try withZoo { models, out in
      _ = try run(models, out)
      var merged: [String] = []
      for order in [[1, 2, 3], [3, 1, 2, 1]] {
        let parts = order.map { "\(out.path)-part\($0)" }
        for (index, part) in zip(order, parts) {
          _ = try run(models, URL(filePath: part), "--shard", "\(index)/3")
        }
        let whole = "\(out.path)-\(order.count)"
        #expect(try Tool.run(["zoo", "merge"] + parts + ["--out", whole]).status == 0)
        merged.append(try report(URL(filePath: whole), "jsonl"))
      }
      let expected = try report(out, "jsonl").replacing(out.path, with: "")
      for (index, text) in merged.enumerated() {
        let lines = text.split(separator: "\n").map { $0.replacing(/-o [^ ]*/, with: "") }
        #expect(
          lines == expected.split(separator: "\n").map { $0.replacing(/-o [^ ]*/, with: "") }, "\(index)")
      }
    }
  }

  @Test func comparingSaysWhatGotWorse() throws {
    try withZoo { models, out in
      _ = try run(models, out)
      let new = URL(filePath: out.path + "-new")
      let manager = FileManager.default
      try manager.removeItem(at: models.appending(path: "a.tflite"))
      try manager.copyItem(atPath: Tool.model("cnn_float32"), toPath: models.path + "/a.tflite")
      _ = try run(models, new)
      let worse = try Tool.run(["zoo", "compare", out.path, new.path])
      #expect(worse.status == 4 && worse.output.contains("1 worse, 0 better, 0 new, 0 gone, 2 as before"))
      #expect(try Tool.run(["zoo", "compare", out.path, new.path, "--tolerance", "1M"]).status == 0)
      #expect(try Tool.run(["zoo", "compare", new.path, out.path]).status == 0)
    }
  }

  @Test func namesAreShownAndNeverExecuted() throws {
    try withZoo { models, out in
      let name = "\"><script>alert(1)</script>\n\u{1B}[31m|`x`.tflite"
      try FileManager.default.moveItem(
        atPath: models.path + "/a.tflite", toPath: models.path + "/deep/" + "q.tflite")
      try FileManager.default.copyItem(
        atPath: models.path + "/deep/q.tflite", toPath: models.path + "/" + name.replacing("/", with: "∕"))
      let result = try run(models, out)
      #expect(
        result.status == 0 && !result.output.contains("\u{1B}") && !result.errors.contains("\u{1B}[31m"))
      for format in ["text", "markdown", "csv", "jsonl", "junit", "html"] {
        let text = try report(out, format)
        #expect(!text.contains("\u{1B}"), "\(format)")
        if ["html", "junit"].contains(format) { #expect(!text.contains("<script>alert"), "\(format)") }
      }
    }
  }

  @Test func anotherRunWaits() throws {
    try withZoo { models, out in
      let lockFree = try run(models, out)
      #expect(lockFree.status == 0)
      try withExtendedLifetime(try ZooLock(folder: out.path) {}) {
        let process = Process()
        process.executableURL = try Tool.binary()
        process.arguments = ["zoo", models.path, "--out", out.path, "--board", "esp32"]
        let errors = Pipe()
        (process.standardError, process.standardOutput) = (errors, FileHandle.nullDevice)
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
        #expect(said.contains("another nnopt zoo works in this folder"))
        #expect(process.isRunning)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
    }
  }

  @Test func aRunThatWasKilledGoesOn() throws {
    try withZoo { models, out in
      let whole = URL(filePath: out.path + "-whole")
      _ = try run(models, whole)
      for milliseconds in [5, 60, 150, 300] {
        let process = Process()
        process.executableURL = try Tool.binary()
        process.arguments = ["zoo", models.path, "--out", out.path, "--board", "esp32"]
        (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        usleep(UInt32(milliseconds) * 1000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      #expect(try run(models, out).status == 0)
      func lines(_ folder: URL) throws -> String {
        try report(folder, "jsonl").replacing(folder.path + "/", with: "")
      }
      #expect(try lines(out) == lines(whole))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == [
          "models", "zoo.lock", "zoo.sqlite",
        ])
    }
  }

  @Test func whatIsNotThereIsSaidAndNothingIsMade() throws {
    try withZoo { models, out in
      let empty = try Tool.run(["zoo", "/no/such/folder", "--out", out.path])
      #expect(empty.status == 1 && empty.errors.contains("there is no .tflite file below"))
      let report = try Tool.run(["zoo", "report", out.path])
      #expect(report.status == 1 && report.errors.contains("there is no zoo.sqlite"))
      #expect(try Tool.run(["zoo", "merge", models.path, "--out", out.path]).status == 1)
      #expect(!FileManager.default.fileExists(atPath: out.path))
    }
  }

  @Test func aFolderThatCannotBeWrittenIsSaid() throws {
    try withZoo { models, _ in
      let result = try run(models, URL(filePath: "/proc/zoo"))
      #expect(result.status == 1 && result.errors.contains("/proc/zoo"))
      let file = models.appending(path: "a.tflite")
      #expect(try run(models, file).status == 1)
    }
  }
}

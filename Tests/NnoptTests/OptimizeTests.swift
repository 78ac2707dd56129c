import Foundation
import ModelFiles
import Testing
import _TestSupport

@Suite struct OptimizeTests {
  private let model = Tool.model("cnn_float32")

  @Test func jsonHasTheStableKeys() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "int8.tflite").path
      let result = try Tool.run(["optimize", model, "-o", output, "--quantize", "int8", "--json"])
      #expect(result.status == 0, "\(result.errors)")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      for key in ["before", "after"] {
        let figures = try #require(document[key] as? [String: Any])
        for name in ["fileBytes", "parameters", "macs", "peakBytes", "arenaBytes"] {
          #expect(figures[name] is Int, "\(name)")
        }
      }
      let passes = try #require(document["passes"] as? [[String: Any]])
      #expect(
        passes.compactMap { $0["name"] as? String } == [
          "clean-up", "constant-channels", "quantize", "constant-channels", "clean-up", "plan-arena",
        ])
      #expect(passes.allSatisfy { $0["edits"] is [Any] && $0["refusals"] is [Any] })
      let after = try #require((document["after"] as? [String: Any])?["fileBytes"] as? Int)
      #expect(try Data(contentsOf: URL(filePath: output)).count == after)
      #expect(try Tool.run(["check", model, output]).status == 0)
    }
  }

  @Test func threadsDoNotChangeABit() throws {
    try Tool.withFolder { folder in
      let files = try ["1", "2"].map { threads in
        let output = folder.appending(path: "\(threads).tflite")
        let arguments = [
          "optimize", model, "-o", output.path, "--quantize", "int8", "--prune", "channels:20%",
        ]
        let result = try Tool.run(
          arguments + ["--no-refit", "--calibration-samples", "4", "--threads", threads])
        #expect(result.status == 0, "\(result.errors)")
        return try Data(contentsOf: output)
      }
      #expect(files[0] == files[1])
    }
  }

  @Test func bytesAreThoseOfTheFilesBeforeAndAfter() throws {
    try Tool.withFolder { folder in
      for name in ["cnn_float32", "dscnn_int8"] {
        let paths = [Tool.model(name), folder.appending(path: "1").path, folder.appending(path: "2").path]
        for (before, after) in zip(paths, paths.dropFirst()) {
          let result = try Tool.run(["optimize", before, "-o", after, "--json"])
          let document = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
          for (key, path) in [("before", before), ("after", after)] {
            let bytes = (document[key] as? [String: Any])?["fileBytes"] as? Int
            #expect(try Data(contentsOf: URL(filePath: path)).count == bytes, "\(key) \(name)")
          }
        }
        let files = try paths[1...].map { try Data(contentsOf: URL(filePath: $0)) }
        #expect(files[0] == files[1], "what is optimized already stays as it is")
      }
    }
  }

  @Test func dryRunWritesNothing() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run(["optimize", model, "-o", output, "--dry-run"])
      #expect(result.status == 0)
      #expect(result.output.contains("nothing was written"))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func quantizedModelIsRefused() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run(["optimize", Tool.model("cnn_int8"), "-o", output, "--quantize", "int8"])
      #expect(result.status == 1)
      #expect(result.errors.contains("quantized already"))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test(arguments: ["dynamic", "float16"]) func storedWeightsBecomeIntegers(form: String) throws {
    try Tool.withFolder { folder in
      let files = ["stored", "int8", "float"].map { folder.appending(path: "\($0).tflite").path }
      let first = try Tool.run(["optimize", model, "-o", files[0], "--quantize", form])
      #expect(first.status == 0, "\(first.errors)")
      for (file, precision) in [(files[1], "int8"), (files[2], "float32")] {
        let result = try Tool.run([
          "optimize", files[0], "-o", file, "--quantize", precision, "--calibration-samples", "6",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let check = try Tool.run(["check", files[0], file, "--samples", "6", "--max-drop", "20"])
        #expect(check.status == 0, "\(check.output)")
      }
    }
  }

  @Test func badCalibrationIsNamed() throws {
    try Tool.withFolder { folder in
      func errors(_ calibration: String) throws -> String {
        let output = folder.appending(path: "x.tflite").path
        let result = try Tool.run([
          "optimize", model, "-o", output, "--quantize", "int8", "--calibrate", calibration,
        ])
        #expect(result.status == 1)
        #expect(!FileManager.default.fileExists(atPath: output))
        return result.errors
      }
      let wrong = try Tool.npy([3, 5, 5, 1], in: folder) { _ in 0.5 }
      #expect(try errors(wrong).contains(wrong))
      let empty = try Tool.npy([0, 28, 28, 1], in: folder) { _ in 0 }
      #expect(try errors(empty).contains(empty))
      let constant = try Tool.npy([3, 28, 28, 1], in: folder) { _ in 0.25 }
      #expect(try errors(constant).contains("constant") || errors(constant).contains("same"))
      let damaged = try Tool.npy([3, 28, 28, 1], in: folder) { $0 == 800 ? .nan : Float($0 % 7) }
      #expect(try errors(damaged).lowercased().contains("nan"))
    }
  }

  @Test func operatorsCanStayPrecise() throws {
    try Tool.withFolder { folder in
      let (plain, mixed) = (folder.appending(path: "a.tflite"), folder.appending(path: "b.tflite"))
      let common = ["--quantize", "int8", "--calibration-samples", "6", "--json"]
      #expect(try Tool.run(["optimize", model, "-o", plain.path] + common).status == 0)
      let result = try Tool.run(["optimize", model, "-o", mixed.path, "--keep-precise", "10%"] + common)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("at 16 bits"))
      let sizes = try [plain, mixed].map { try Data(contentsOf: $0).count }
      #expect(sizes[1] > sizes[0] && Double(sizes[1]) < 1.15 * Double(sizes[0]))
    }
  }

  @Test func weightsCanBeRoundedTogether() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run([
        "optimize", model, "-o", output, "--quantize", "int8", "--rounding", "adaptive",
        "--calibration-samples", "4",
      ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try Tool.run(["check", model, output]).status == 0)
    }
  }

  @Test func operatorsWithoutIntegerKernelAreNamed() throws {
    try Tool.withFolder { folder in
      let cumulative = folder.appending(path: "sums.tflite")
      var net = NetBuilder(seed: 1)
      let x = net.input([1, 8])
      let axis = net.integers([1], [])
      let sums = net.node(.cumsum, [x, axis], [1, 8], (.cumsum, "CumsumOptions", []))
      let scores = net.softmax(sums)
      try ModelFile.write(net.model([scores]), to: cumulative.path)
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run([
        "optimize", cumulative.path, "-o", output, "--quantize", "int8", "--calibration-samples", "4",
      ])
      #expect(result.status == 1)
      #expect(result.errors.contains("operator 0 (CUMSUM)"), "\(result.errors)")
      #expect(result.errors.contains("--quantize int8-fallback keeps it float"), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func fullDiskLeavesTheOldFile() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "x.tflite")
      let old = Data("the old file".utf8)
      try old.write(to: output)
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      let script = "trap '' XFSZ; ulimit -f 8; exec \"$@\""
      process.arguments = ["-c", script, "sh", try Tool.binary().path, "optimize", model, "-o", output.path]
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 1, "\(text)")
      #expect(text.contains(output.path), "\(text)")
      #expect(try Data(contentsOf: output) == old)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.tflite"])
    }
  }

  @Test func dropIsJudgedAndTakenBack() throws {
    try Tool.withFolder { folder in
      let data = try Tool.npy([40, 28, 28, 1], in: folder) { Float(($0 * 7919) % 256) / 255 }
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run([
        "optimize", model, "-o", output, "--prune", "magnitude:99%", "--data", data, "--max-drop", "0",
      ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("taken back") || result.output.contains("softened"))
    }
  }

  @Test func stopAfterStops() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "x.tflite").path
      let result = try Tool.run([
        "optimize", model, "-o", output, "--quantize", "dynamic", "--stop-after", "1", "--json",
      ])
      #expect(result.status == 0)
      #expect(!result.output.contains("\"quantize\""))
    }
  }

  @Test func usageErrorsExitWith64() throws {
    #expect(try Tool.run(["optimize", model]).status == 64)
    for extra in [
      ["--prune", "channels:0%"], ["--prune", "5:4"], ["--quantize", "int3"], ["--max-drop", "1"],
      ["--io", "float32"], ["--keep-precise", "4"], ["--quantize", "int8", "--keep-precise", "0"],
      ["--quantize", "int8", "--keep-precise", "-3%"], ["--quantize", "float16", "--rounding", "adaptive"],
    ] {
      #expect(try Tool.run(["optimize", model, "--dry-run"] + extra).status == 64, "\(extra)")
    }
  }
}

@Suite struct IntegerPortsOptionTests {
  /// The plan says what integer ports save, and the option that it names saves just that.
  @Test func adviceIsWhatTheOptionGives() throws {
    try Tool.withFolder { folder in
      let (float, integer) = (
        folder.appending(path: "f.tflite").path, folder.appending(path: "i.tflite").path
      )
      let quantize = [
        "optimize", Tool.model("cnn_float32"), "-o", float, "--quantize", "int8", "--io", "float32",
      ]
      #expect(try Tool.run(quantize).status == 0)
      func plan(_ path: String) throws -> [String: Any] {
        let text = try Tool.run(["plan", path, "--json"]).output
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require((document?["models"] as? [[String: Any]])?.first)
      }
      let advice = try #require(try plan(float)["integerPorts"] as? [String: Any])
      #expect((advice["changes"] as? [String])?.count == 2)
      #expect(try Tool.run(["optimize", float, "-o", integer, "--io", "int8"]).status == 0)
      let planned = try plan(integer)
      #expect(planned["integerPorts"] == nil)
      let arena = (planned["tflm32"] as? [String: Any])?["smallestArenaBytes"] as? Int
      #expect(arena == advice["smallestArenaBytes"] as? Int)
    }
  }
}

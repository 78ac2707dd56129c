import Foundation
import Testing

@testable import Zoo

/// `nnopt zoo` that is stopped or killed while its commands run.
@Suite struct ZooStopTests {
  private static let left = ["zoo.lock", "zoo.sqlite"]

  /// A run whose command takes much longer than a test; the work begins when it does.
  private func withLongRun(_ work: (Process, _ out: URL, _ errors: URL) throws -> Void) throws {
    try Tool.withFolder { folder in
      let models = folder.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      for name in ["a", "b"] {
        try FileManager.default.copyItem(
          atPath: Tool.model("densenet_float32"), toPath: models.path + "/\(name).tflite")
      }
      let (out, errors) = (folder.appending(path: "zoo"), folder.appending(path: "errors"))
      let process = Process()
      process.executableURL = try Tool.binary()
      process.arguments = [
        "zoo", models.path, "--out", out.path, "--jobs", "2", "--optimize", "--quantize", "int8",
        "--calibration-samples", "20000",
      ]
      try Data().write(to: errors)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      defer {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      try waitForCommands(2, in: out)
      try work(process, out, errors)
    }
  }

  /// Waits until so many commands optimize, which is after they have planned.
  private func waitForCommands(_ count: Int, in out: URL) throws {
    for _ in 0..<600 {
      let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        let words = (try? Data(contentsOf: URL(filePath: "/proc/\(name)/cmdline"))) ?? Data()
        let text = String(decoding: words, as: UTF8.self)
        return Int(name) != nil && text.contains("\u{0}optimize\u{0}\(out.path)/.work-")
      }
      if processes.count >= count { return }
      usleep(100_000)
    }
    Issue.record("no command was started")
  }

  #if os(Linux)
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsCommandsAndClears(_ signal: Int32) throws {
      try withLongRun { process, out, errors in
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 128 + signal)
        // Commands have the lock as well.
        try expectLock(of: out, within: 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == Self.left)
        let text = try String(contentsOf: errors, encoding: .utf8)
        #expect(text.contains("the same command goes on"))
        // What was at work is not kept as an error.
        #expect(try ZooDatabase(folder: out.path).rows().isEmpty)
      }
    }

    @Test func commandsEndWithARunThatIsKilled() throws {
      try withLongRun { process, out, _ in
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try expectLock(of: out, within: 5)
        let work = try WorkFolder(in: out.path)
        work.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).sorted() == Self.left)
      }
    }
  #endif

  private func expectLock(of out: URL, within seconds: Double) throws {
    let start = ContinuousClock.now
    withExtendedLifetime(try ZooLock(folder: out.path) {}) {}
    #expect(ContinuousClock.now - start < .seconds(seconds))
  }
}

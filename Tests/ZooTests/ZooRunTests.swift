import Foundation
import Testing
import _TestSupport

@testable import Zoo

/// Runs with a program in nnopt's place that does what nnopt should not.
@Suite struct ZooRunTests {
  /// - Parameter script: what a shell does for every command.
  private func withRun(
    _ script: String, _ work: (ZooSettings, _ folder: String) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let program = folder + "/program"
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      try FileManager.default.createDirectory(
        atPath: folder + "/models", withIntermediateDirectories: true)
      for name in ["a", "b", "c"] {
        try Data(name.utf8).write(to: URL(filePath: "\(folder)/models/\(name).tflite"))
      }
      var settings = ZooSettings(
        executable: program, version: "1", roots: [folder + "/models"], output: folder + "/out",
        boards: [.none])
      settings.jobs = 2
      try work(settings, folder)
    }
  }

  private func reasons(_ folder: String) throws -> [String] {
    try ZooDatabase(folder: folder + "/out").rows().map(\.reason)
  }

  private func made(_ settings: ZooSettings) throws -> Int { try ZooRun(settings).run().made }

  @Test func aStopEndsProgramsThatGoOnForEver() throws {
    try withRun("exec sleep 1000") { settings, folder in
      let stop = settings.stop
      #expect(!stop.request())
      let thread = Thread {
        while !stop.request() { usleep(20_000) }
      }
      thread.start()
      #expect(throws: ZooError.stopped) { try made(settings) }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/out").sorted()
      #expect(left == ["zoo.lock", "zoo.sqlite"])
      #expect(try reasons(folder).isEmpty)
      #expect(!stop.request())
    }
  }

  @Test func aProgramThatTakesTooLongIsEnded() throws {
    try withRun("exec sleep 1000") { settings, folder in
      var settings = settings
      settings.seconds = 1
      let first = try made(settings)
      #expect(first == 3)
      #expect(try reasons(folder) == Array(repeating: "it takes longer than 1 seconds", count: 3))
      #expect(try made(settings) == 0)
    }
  }

  @Test(arguments: [(SIGKILL, 3), (SIGHUP, 3), (SIGSEGV, 0)])
  func whatSomebodyElseEndedIsTriedAgain(_ signal: Int32, _ again: Int) throws {
    try withRun("kill -\(signal) $$") { settings, folder in
      #expect(try made(settings) == 3)
      let reasons = try reasons(folder)
      #expect(reasons.count == 3 && reasons.allSatisfy { $0.contains("signal \(signal)") })
      #expect(try made(settings) == again)
    }
  }

  @Test func outputThatIsNoneIsTriedAgain() throws {
    try withRun("echo '{'") { settings, folder in
      #expect(try made(settings) == 3)
      let reasons = try reasons(folder)
      #expect(reasons.allSatisfy { $0.contains("cannot read") })
      #expect(try made(settings) == 3)
    }
  }

  @Test func aCommandThatFindsNoRoomEndsTheRun() throws {
    try withRun("echo 'nnopt: x: No space left on device' >&2; exit 1") { settings, folder in
      #expect(throws: ZooError.self) { try made(settings) }
      let reasons = try reasons(folder)
      #expect(reasons.isEmpty)
    }
  }

  @Test func foldersOfOthersAreNotCleared() throws {
    try withRun("exit 1") { settings, folder in
      for name in [".work-1f", ".work-notes", ".work-", ".work-0123456789abcdef0", "work-1f"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/out/\(name)", withIntermediateDirectories: true)
      }
      _ = try made(settings)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder + "/out").sorted() == [
          ".work-", ".work-0123456789abcdef0", ".work-notes", "work-1f", "zoo.lock", "zoo.sqlite",
        ])
    }
  }

  @Test func theOutputIsNoFolderOfModels() throws {
    try withRun("exit 1") { settings, folder in
      var settings = settings
      settings.output = folder + "/./models/"
      #expect(throws: ZooError.self) { try made(settings) }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/models")
      #expect(left.count == 3)
    }
  }
}

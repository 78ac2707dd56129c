import Foundation
import Testing
import _TestSupport

@testable import Zoo

/// Files go below the output folder, whatever names and links there are.
@Suite struct OutputFileTests {
  private func withFolder(_ work: (_ out: String, _ other: String, _ staged: String) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      for name in ["out", "other"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      try Data("new".utf8).write(to: URL(filePath: folder + "/staged"))
      try work(folder + "/out", folder + "/other", folder + "/staged")
    }
  }

  private func contents(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test func namesStayBelowTheFolder() {
    #expect(OutputFile(folder: "o", board: "b", model: "a/../../c/./d").name == "models/b/a/c/d")
    #expect(OutputFile(folder: "o", board: "../b", model: "a").name == "models/b/a")
    for name in ["../a/b", "/etc/a", "models/../../a", "models//a", "a", ""] {
      #expect(OutputFile(folder: "o", name: name) == nil, "\(name)")
    }
    #expect(OutputFile(folder: "o", name: "models/b/..a")?.path == "o/models/b/..a")
  }

  @Test func longNamesAreShortened() {
    let long = String(repeating: "é", count: 200)
    let names = ["\(long)a.tflite", "\(long)b.tflite"].map {
      OutputFile(folder: "o", board: "b", model: $0).name
    }
    #expect(Set(names).count == 2)
    for name in names {
      #expect(name.utf8.count - "models/b/".utf8.count <= 255 && name.hasSuffix(".tflite"))
    }
    #expect(FileName.fitting("short", room: 10) == "short")
    #expect(FileName.fitting(long[...], room: 100).utf8.count <= 155)
  }

  @Test func foldersAreMade() throws {
    try withFolder { out, _, staged in
      try OutputFile(folder: out, board: "b", model: "x/y.tflite").take(staged)
      #expect(contents(out + "/models/b/x/y.tflite") == "new")
    }
  }

  @Test(arguments: ["models", "models/b", "models/b/x"])
  func linksInTheWayAreRefused(_ link: String) throws {
    try withFolder { out, other, staged in
      let manager = FileManager.default
      let above = URL(filePath: "\(out)/\(link)").deletingLastPathComponent().path
      try manager.createDirectory(atPath: above, withIntermediateDirectories: true)
      try manager.createSymbolicLink(atPath: "\(out)/\(link)", withDestinationPath: other)
      #expect(throws: OutputFile.Problem(link: link)) {
        try OutputFile(folder: out, board: "b", model: "x/y.tflite").take(staged)
      }
      #expect(try manager.contentsOfDirectory(atPath: other).isEmpty)
    }
  }

  @Test func aLinkOfTheFilesNameIsReplaced() throws {
    try withFolder { out, other, staged in
      let target = other + "/kept"
      try Data("old".utf8).write(to: URL(filePath: target))
      try FileManager.default.createDirectory(atPath: out + "/models/b", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: out + "/models/b/y.tflite", withDestinationPath: target)
      try OutputFile(folder: out, board: "b", model: "y.tflite").take(staged)
      #expect(contents(target) == "old" && contents(out + "/models/b/y.tflite") == "new")
    }
  }

  @Test func theDatabaseIsNoLink() throws {
    try withFolder { out, other, _ in
      try FileManager.default.createSymbolicLink(
        atPath: out + "/zoo.sqlite", withDestinationPath: other + "/x.sqlite")
      #expect(throws: ZooError.self) { try ZooDatabase(folder: out, creates: true) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: other).isEmpty)
    }
  }

  @Test func whatIsOfOneFileStopsNoOthers() throws {
    try withFolder { out, _, staged in
      try Data().write(to: URL(filePath: out + "/models"))
      do throws(OutputFile.Problem) {
        try OutputFile(folder: out, board: "b", model: "y.tflite").take(staged)
        Issue.record("nothing was thrown")
      } catch { #expect(error.isOfThisFile) }
      #expect(!OutputFile.Problem("x", EACCES).isOfThisFile)
    }
  }
}

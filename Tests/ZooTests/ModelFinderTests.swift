import Foundation
import Testing
import _TestSupport

@testable import Zoo

@Suite struct ModelFinderTests {
  private func write(_ path: String, _ bytes: Int = 1) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(count: bytes).write(to: url)
  }

  @Test func findsModelsBelowFoldersByName() throws {
    try TemporaryFolder.with { folder in
      for name in ["b/x.tflite", "a.TFLITE", "b/c/y.tflite", "b/readme.txt", ".tflite"] {
        try write("\(folder)/\(name)", name.count)
      }
      let finder = ModelFinder([folder])
      #expect(finder.models.map(\.name) == ["a.TFLITE", "b/c/y.tflite", "b/x.tflite"])
      #expect(finder.models.map(\.byteCount) == [8, 12, 10])
      #expect(finder.problems.isEmpty)
    }
  }

  @Test func loopsOfLinksEnd() throws {
    try TemporaryFolder.with { folder in
      try write("\(folder)/a/x.tflite")
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: "\(folder)/a/up", withDestinationPath: "..")
      try manager.createSymbolicLink(atPath: "\(folder)/a/self", withDestinationPath: ".")
      try manager.createSymbolicLink(atPath: "\(folder)/link.tflite", withDestinationPath: "a/x.tflite")
      try manager.createSymbolicLink(atPath: "\(folder)/dead.tflite", withDestinationPath: "none")
      #expect(ModelFinder([folder]).models.map(\.name) == ["a/x.tflite", "dead.tflite", "link.tflite"])
    }
  }

  @Test func severalFoldersStandBeforeTheNames() throws {
    try TemporaryFolder.with { folder in
      for name in ["p/zoo/x.tflite", "q/zoo/x.tflite", "r/y.tflite"] { try write("\(folder)/\(name)") }
      let roots = ["p/zoo", "q/zoo/", "r/y.tflite"].map { "\(folder)/\($0)" }
      #expect(ModelFinder(roots).models.map(\.name) == ["y.tflite", "zoo/x.tflite", "zoo~2/x.tflite"])
    }
  }

  @Test func aFolderThatIsNotThereIsAProblem() {
    let finder = ModelFinder(["/no/such/folder"])
    #expect(finder.models.isEmpty)
    #expect(finder.problems.map(\.folder) == ["/no/such/folder"])
  }

  @Test func namesThatAreNoTextAreToldApart() {
    let names: [[UInt8]] = [[0x61, 0xFF], Array("a\\xFF".utf8), Array("aÿ".utf8), [0xC3], [0x61, 0x0A]]
    let texts = names.map { RawPath(bytes: $0).text }
    #expect(texts == ["a\\xFF", "a\\\\xFF", "aÿ", "\\xC3", "a\n"])
    #expect(Set(texts).count == names.count)
  }

  @Test func namesThatPeopleTakeForEqualAreTwo() throws {
    try TemporaryFolder.with { folder in
      for name in ["e\u{301}.tflite", "\u{E9}.tflite"] { try write("\(folder)/\(name)", name.utf8.count) }
      let names = ModelFinder([folder]).models.map(\.name)
      // A file system may take them for equal, too.
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.count == files.count && Set(names).count == names.count)
      if files.count == 2 { #expect(names == ["\\xC3\\xA9.tflite", "e\u{301}.tflite"]) }
    }
  }

  @Test func whatAZooWroteIsLeftOut() throws {
    try TemporaryFolder.with { folder in
      for name in [
        "a.tflite", "zoo/zoo.sqlite", "zoo/models/esp32/a.tflite", "deep/zoo.sqlite", "deep/x.tflite",
      ] {
        try write("\(folder)/\(name)")
      }
      #expect(ModelFinder([folder]).models.map(\.name) == ["a.tflite"])
      // Where it is asked for, it is looked at.
      #expect(ModelFinder([folder + "/deep"]).models.map(\.name) == ["x.tflite"])
    }
  }
}

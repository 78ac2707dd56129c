import Foundation
import Testing
import _TestSupport

@testable import Files

@Suite struct OutputFolderTests {
  private let files: [OutputFolder.File] = [("a.txt", [1]), ("b/c.txt", [2, 3])]

  @Test func foldersAreMade() throws {
    try TemporaryFolder.with { folder in
      try OutputFolder(folder + "/new/deep/").write(files) { _ in false }
      #expect(try FileReading.bytes(of: folder + "/new/deep/a.txt") == [1])
      #expect(try FileReading.bytes(of: folder + "/new/deep/b/c.txt") == [2, 3])
      #expect(try entries(folder + "/new/deep") == ["a.txt", "b"])
      #expect(try entries(folder + "/new/deep/b") == ["c.txt"])
    }
  }

  @Test func nothingIsWrittenWhereOneFileMustStay() throws {
    try TemporaryFolder.with { folder in
      try FileManager.default.createDirectory(atPath: folder + "/b", withIntermediateDirectories: true)
      try Data([9]).write(to: URL(filePath: folder + "/b/c.txt"))
      #expect(throws: FileError.self) { try OutputFolder(folder).write(files) { $0 != [9] } }
      #expect(try entries(folder) == ["b"])
      #expect(try FileReading.bytes(of: folder + "/b/c.txt") == [9])
      try OutputFolder(folder).write(files) { $0 == [9] }
      #expect(try FileReading.bytes(of: folder + "/b/c.txt") == [2, 3])
    }
  }

  @Test func equalFilesNeedNoPermission() throws {
    try TemporaryFolder.with { folder in
      try OutputFolder(folder).write(files) { _ in false }
      try OutputFolder(folder).write(files) { _ in false }
    }
  }

  @Test func aFileIsNoFolder() throws {
    try TemporaryFolder.with { folder in
      let file = folder + "/file"
      try Data([1]).write(to: URL(filePath: file))
      #expect(throws: FileError.unwritable(file: file, reason: "it is no folder; name one")) {
        try OutputFolder(file).write(files) { _ in true }
      }
      #expect(throws: FileError.self) { try OutputFolder(file + "/below").write(files) { _ in true } }
    }
  }

  @Test func aFolderIsNoFile() throws {
    try TemporaryFolder.with { folder in
      try FileManager.default.createDirectory(atPath: folder + "/a.txt", withIntermediateDirectories: true)
      #expect(throws: FileError.self) { try OutputFolder(folder).write(files) { _ in true } }
      #expect(try entries(folder) == ["a.txt"])
    }
  }

  @Test func plantedLinksAreNotFollowed() throws {
    try TemporaryFolder.with { folder in
      try Data([7]).write(to: URL(filePath: folder + "/outside"))
      let target = folder + "/target"
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
      let names = ["a.txt", "a.txt.nnopt.\(getpid())", ".nnopt.\(getpid()).0"]
      for name in names { #expect(unsafe symlink("../outside", "\(target)/\(name)") == 0) }
      try OutputFolder(target).write(files) { _ in true }
      #expect(try FileReading.bytes(of: folder + "/outside") == [7])
      #expect(try FileReading.bytes(of: target + "/a.txt") == [1])
      #expect(try entries(target) == [names[2], "a.txt", names[1], "b"])
    }
  }

  @Test func aLinkToNothingIsInTheWay() throws {
    try TemporaryFolder.with { folder in
      #expect(unsafe symlink("nothing", folder + "/a.txt") == 0)
      #expect(throws: FileError.self) { try OutputFolder(folder).write(files) { !$0.isEmpty } }
      #expect(try entries(folder) == ["a.txt"])
      try OutputFolder(folder).write(files) { $0.isEmpty }
      #expect(try entries(folder) == ["a.txt", "b"])
      #expect(try FileReading.bytes(of: folder + "/a.txt") == [1])
    }
  }

  @Test func aLinkedFolderInsideIsNotFollowed() throws {
    try TemporaryFolder.with { folder in
      let (inside, outside) = ("\(folder)/out", "\(folder)/elsewhere")
      for path in [inside, outside] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try FileManager.default.createSymbolicLink(atPath: "\(inside)/main", withDestinationPath: outside)
      #expect(throws: FileError.self) {
        try OutputFolder(inside).write([("main/a.cc", [1])]) { _ in true }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
    }
  }

  private func entries(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}

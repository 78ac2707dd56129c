import Foundation
import Testing
import _TestSupport

@testable import Files

@Suite struct LeftoversTests {
  /// No system has so many processes.
  private let gone = pid_t.max

  private func make(_ name: String, in folder: String) throws {
    try Data([1]).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  @Test func namesCannotBeForeseen() {
    #expect(Set((0..<100).map { _ in Leftovers.newName() }).count == 100)
  }

  @Test func whatKilledProcessesLeftIsRemoved() throws {
    try TemporaryFolder.with { folder in
      let orphan = ".nnopt.\(gone).1f"
      let living = ".nnopt.\(getpid()).1f"
      let old = ".nnopt.\(getpid()).2f"
      for name in [orphan, living, old] { try make(name, in: folder) }
      let twoDaysAgo = Date(timeIntervalSinceNow: -172_800)
      try FileManager.default.setAttributes([.modificationDate: twoDaysAgo], ofItemAtPath: "\(folder)/\(old)")
      try AtomicFile.write([1], to: folder + "/a")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [living, "a"])
    }
  }

  @Test func foldersOfAnExportAreClearedToo() throws {
    try TemporaryFolder.with { folder in
      try make(".nnopt.\(gone).1f", in: folder)
      try OutputFolder(folder).write([("a", [1])]) { _ in true }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func otherFilesStay() throws {
    try TemporaryFolder.with { folder in
      let names = [
        ".nnopt", ".nnopt.\(gone)", ".nnopt.\(gone).1f.txt", ".nnopt.\(gone).xyz", ".nnopt.0.1f",
        ".nnopt.-1.1f", "nnopt.\(gone).1f", "x.nnopt.\(gone).1f",
      ]
      for name in names { try make(name, in: folder) }
      let directory = ".nnopt.\(gone).2f"
      let link = ".nnopt.\(gone).3f"
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(directory)", withIntermediateDirectories: true)
      #expect(unsafe symlink(names[0], "\(folder)/\(link)") == 0)
      Leftovers.clear(in: folder + "/")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(Set(left) == Set(names + [directory, link]))
    }
  }
}

import Foundation
import Testing
import _TestSupport

@testable import Files

@Suite struct FileIdentityTests {
  @Test func pathsOfOneFileAreEqual() throws {
    try TemporaryFolder.with { folder in
      try Data([1]).write(to: URL(filePath: folder + "/a"))
      try FileManager.default.createDirectory(atPath: folder + "/b", withIntermediateDirectories: true)
      #expect(unsafe symlink("a", folder + "/symbolic") == 0)
      #expect(unsafe link(folder + "/a", folder + "/hard") == 0)
      let identity = try #require(FileIdentity(folder + "/a"))
      #expect(identity.exists)
      for path in ["./a", "/a", "b/../a", "symbolic", "hard"] {
        #expect(FileIdentity("\(folder)/\(path)") == identity, "\(path)")
      }
      #expect(FileIdentity(folder + "/b") != identity)
    }
  }

  @Test func pathsOfOneFileThatIsNotThereAreEqual() throws {
    try TemporaryFolder.with { folder in
      #expect(unsafe symlink(".", folder + "/here") == 0)
      #expect(unsafe symlink("new", folder + "/dangling") == 0)
      let identity = try #require(FileIdentity(folder + "/new"))
      #expect(!identity.exists)
      for path in ["./new", "here/new", "here/./here//new", "dangling"] {
        #expect(FileIdentity("\(folder)/\(path)") == identity, "\(path)")
      }
      #expect(FileIdentity(folder + "/old") != identity)
      #expect(FileIdentity(folder + "/x/./new") == FileIdentity(folder + "/here/x/new"))
    }
  }

  @Test func devicesAreNobodys() {
    #expect(FileIdentity("/dev/null") == nil)
  }

  @Test func aFileLiesInTheFoldersAboveIt() throws {
    try TemporaryFolder.with { folder in
      try FileManager.default.createDirectory(atPath: folder + "/b/c", withIntermediateDirectories: true)
      try Data([1]).write(to: URL(filePath: folder + "/b/c/a"))
      let above = FileIdentity.folders(above: folder + "/b/c/a")
      for name in ["b/c", "b", "."] {
        let identity = try #require(FileIdentity("\(folder)/\(name)"))
        #expect(above.contains(identity), "\(name)")
      }
      #expect(FileIdentity.folders(above: folder + "/b/none").isEmpty)
    }
  }
}

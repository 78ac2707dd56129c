import Foundation
import Testing
import _TestSupport

@testable import Files

struct AtomicFileTests {
  private func text(of path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private func write(_ text: String, to path: String) throws {
    try AtomicFile.write([UInt8](text.utf8), to: path)
  }

  @Test func replacesAndLeavesNothingBehind() throws {
    try TemporaryFolder.with { folder in
      try write("old", to: "\(folder)/a")
      try write("new", to: "\(folder)/a")
      #expect(try text(of: "\(folder)/a") == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func keepsPermissionsAndLinks() throws {
    try TemporaryFolder.with { folder in
      try write("old", to: "\(folder)/a")
      #expect(unsafe chmod("\(folder)/a", 0o640) == 0)
      #expect(unsafe symlink("a", "\(folder)/link") == 0)
      try write("new", to: "\(folder)/link")
      #expect(try text(of: "\(folder)/a") == "new")
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/a")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "a")
    }
  }

  @Test func aLinkToNothingStaysAndGetsItsTarget() throws {
    try TemporaryFolder.with { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/b", withIntermediateDirectories: true)
      #expect(unsafe symlink("b/second", "\(folder)/first") == 0)
      #expect(unsafe symlink("\(folder)/a", "\(folder)/b/second") == 0)
      try write("new", to: "\(folder)/first")
      #expect(try text(of: "\(folder)/a") == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/first") == "b/second")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b", "first"])
    }
  }

  @Test func linksInACircleAreNamed() throws {
    try TemporaryFolder.with { folder in
      #expect(unsafe symlink("b", "\(folder)/a") == 0)
      #expect(unsafe symlink("a", "\(folder)/b") == 0)
      #expect(throws: FileError.self) { try write("x", to: "\(folder)/a") }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.sorted() == ["a", "b"])
    }
  }

  @Test func errorsNameTheFile() throws {
    try TemporaryFolder.with { folder in
      #expect {
        try write("x", to: folder)
      } throws: {
        "\($0)" == "\(folder): cannot be written: it is a directory; name a file"
      }
      #expect {
        try write("x", to: "\(folder)/none/a")
      } throws: {
        "\($0)" == "\(folder)/none/a: cannot be written: No such file or directory"
      }
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everything"))
  func readOnlyFileStays() throws {
    try TemporaryFolder.with { folder in
      try write("old", to: "\(folder)/a")
      #expect(unsafe chmod("\(folder)/a", 0o444) == 0)
      #expect(throws: FileError.self) { try write("new", to: "\(folder)/a") }
      #expect(try text(of: "\(folder)/a") == "old")
    }
  }

  @Test func devicesAreWrittenToNotReplaced() throws {
    try write("gone", to: "/dev/null")
    var status = stat()
    #expect(unsafe stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func fullDevice() {
    #expect {
      try write("x", to: "/dev/full")
    } throws: {
      "\($0)" == "/dev/full: cannot be written: No space left on device"
    }
  }

  /// A limit on file sizes stops a write in the middle, as a full disk does.
  @Test func oldFileSurvivesAWriteThatFails() async {
    await #expect(processExitsWith: .success) {
      try TemporaryFolder.with { folder in
        try AtomicFile.write([1, 2, 3], to: "\(folder)/a")
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
        #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        #expect {
          try AtomicFile.write([UInt8](repeating: 9, count: 100_000), to: "\(folder)/a")
        } throws: {
          "\($0)" == "\(folder)/a: cannot be written: File too large"
        }
        #expect(FileManager.default.contents(atPath: "\(folder)/a") == Data([1, 2, 3]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
      }
    }
  }
}

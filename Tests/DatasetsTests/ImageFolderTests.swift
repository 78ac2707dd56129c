import Foundation
import Testing
import _TestSupport

@testable import Datasets

@Suite struct ImageFolderTests {
  private func make(_ files: [String], in folder: String) throws {
    for file in files {
      let url = URL(fileURLWithPath: "\(folder)/\(file)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(SampleFiles.png(width: 1, height: 1, channels: 1, [0])).write(to: url)
    }
  }

  @Test func filesAreSortedByName() throws {
    try TemporaryFolder.with { folder in
      try make(["b.PNG", "a.jpeg", "c.txt", ".hidden.png"], in: folder)
      let images = try ImageFolder(folder)
      #expect(images.files == ["\(folder)/a.jpeg", "\(folder)/b.PNG"])
      #expect(images.labels == nil)
    }
  }

  @Test func subfoldersAreClasses() throws {
    try TemporaryFolder.with { folder in
      try make(["dog/1.png", "cat/2.png", "cat/1.png", "empty/readme.txt"], in: folder)
      let images = try ImageFolder(folder)
      #expect(images.classNames == ["cat", "dog"])
      #expect(images.labels == [0, 0, 1])
      #expect(images.files.map { $0.dropFirst(folder.count) } == ["/cat/1.png", "/cat/2.png", "/dog/1.png"])
    }
  }

  @Test func numbersAreTheClassesThatTheyName() throws {
    try TemporaryFolder.with { folder in
      try make(["10/a.png", "2/a.png"], in: folder)
      #expect(try ImageFolder(folder).labels == [10, 2])
    }
  }

  @Test func foldersThatAreNoneOfBothAreRefused() throws {
    try TemporaryFolder.with { folder in
      #expect(
        throws: DataError.unsupported(
          file: folder, reason: "it has no image; put .png, .jpg or .jpeg files into it")
      ) {
        try ImageFolder(folder)
      }
      try make(["a.png", "cat/1.png"], in: folder)
      #expect(throws: DataError.self) { try ImageFolder(folder) }
      #expect(throws: DataError.unreadable(file: "\(folder)/no", reason: "the folder cannot be listed")) {
        try ImageFolder("\(folder)/no")
      }
    }
  }
}

import Foundation
import Testing
import _TestSupport

@testable import Zoo

/// Parts that are not what `nnopt zoo` makes.
@Suite struct ZooMergeTests {
  /// A part with one result, whose file has these bytes.
  private func makePart(_ part: String, output: String, key: String = "k", bytes: String = "file") throws {
    let database = try make(part)
    let path = "\(part)/models/any/m.tflite"
    try FileManager.default.createDirectory(
      atPath: "\(part)/models/any", withIntermediateDirectories: true)
    try Data(bytes.utf8).write(to: URL(filePath: path))
    var row = ZooRow(model: "m.tflite", board: "", verdict: .planned)
    row.output = output
    let digest = try Snapshot.digest(of: RawPath(path))
    try database.save(ZooResult(row: row, key: key, outputDigest: digest), version: "1")
  }

  private func make(_ part: String) throws -> ZooDatabase {
    try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
    let database = try ZooDatabase(folder: part, creates: true)
    try database.setBoards([.none])
    return database
  }

  private func contents(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  private let file = "models/any/m.tflite"

  @Test func aFileThatIsGoneIsThereAgain() throws {
    try TemporaryFolder.with { folder in
      try makePart(folder + "/a", output: file)
      for _ in 0..<2 {
        #expect(try ZooMerge.merge([folder + "/a"], into: folder + "/out") == 1)
        #expect(contents("\(folder)/out/\(file)") == "file")
        try FileManager.default.removeItem(atPath: "\(folder)/out/\(file)")
      }
    }
  }

  @Test func theOrderOfPartsDoesNotMatter() throws {
    try TemporaryFolder.with { folder in
      try makePart(folder + "/a", output: file, key: "1", bytes: "a")
      try makePart(folder + "/b", output: file, key: "2", bytes: "b")
      try makePart(folder + "/c", output: file, key: "~0", bytes: "c")
      for order in [["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"]] {
        let out = "\(folder)/\(order.joined())"
        #expect(try ZooMerge.merge(order.map { "\(folder)/\($0)" }, into: out) == 1)
        #expect(contents("\(out)/\(file)") == "a")
      }
    }
  }

  @Test(arguments: ["../../x", "/etc/x", "models/../../x"]) func namesThatLeadOutsideAreRefused(
    _ name: String
  ) throws {
    try TemporaryFolder.with { folder in
      try makePart(folder + "/a", output: name)
      #expect(throws: ZooError.self) { try ZooMerge.merge([folder + "/a"], into: folder + "/out") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/x"))
    }
  }

  @Test func aFileThatChangedSinceIsRefused() throws {
    try TemporaryFolder.with { folder in
      try makePart(folder + "/a", output: file)
      try Data("other".utf8).write(to: URL(filePath: "\(folder)/a/\(file)"))
      #expect(throws: ZooError.self) { try ZooMerge.merge([folder + "/a"], into: folder + "/out") }
      #expect(try ZooDatabase(folder: folder + "/out").rows().isEmpty)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder + "/out").sorted() == [
          "zoo.lock", "zoo.sqlite",
        ])
    }
  }
}

import Foundation
import Testing
import _TestSupport

@testable import Zoo

@Suite struct ZooDatabaseTests {
  private let boards = [
    ZooBoard(id: "b", name: "B", availableBytes: 1000, flashBytes: nil, facts: "x"),
    ZooBoard(id: "a", name: "A", availableBytes: 2000, flashBytes: 5, facts: "y"),
  ]

  private func row(_ model: String, _ board: String) -> ZooRow {
    var row = ZooRow(model: model, board: board, verdict: .doesNotFit, reason: "it's \"odd\"\n")
    (row.digest, row.fileBytes, row.operators) = ("d", 7, 3)
    (row.stockBytes, row.plannedBytes, row.spareBytes) = (900, 800, -5)
    (row.isProved, row.flashBytes, row.output, row.commandLine) = (true, 12, "models/x", "nnopt plan")
    row.optimized = .init(fileBytes: 1, arenaBytes: 2, accuracy: 0.5)
    return row
  }

  @Test func whatIsSavedIsRead() throws {
    try TemporaryFolder.with { folder in
      let database = try ZooDatabase(folder: folder, creates: true)
      try database.setBoards(boards)
      let rows = [
        row("m", "b"), row("m", "a"), ZooRow(model: "z", board: "b", verdict: .error, reason: "no"),
      ]
      for row in rows.reversed() {
        let documents: [ZooDocument: [UInt8]] = [.plan: Packing.packed(Array("{}".utf8))]
        try database.save(
          ZooResult(row: row, key: "k", outputDigest: "o", documents: documents), version: "1")
      }
      let again = try ZooDatabase(folder: folder)
      #expect(try again.rows() == rows)
      #expect(try again.boards().map(\.id) == ["b", "a"])
      #expect(try again.document(.plan, model: "m", board: "a") == Array("{}".utf8))
      #expect(try again.document(.after, model: "m", board: "a") == nil)
      #expect(
        try again.finished(model: "m", board: "b")
          == ZooDatabase.Finished(key: "k", output: "models/x", outputDigest: "o"))
    }
  }

  @Test func goneModelsAreMarkedAndOtherBoardsForgotten() throws {
    try TemporaryFolder.with { folder in
      let database = try ZooDatabase(folder: folder, creates: true)
      for (model, board) in [("m", "a"), ("m", "b"), ("n", "a")] {
        try database.save(ZooResult(row: row(model, board), key: "k"), version: "1")
      }
      try database.mark(present: ["m"], boards: ["a"])
      #expect(
        try database.rows().map { [$0.model, $0.board, "\($0.isVanished)"] } == [
          ["m", "a", "false"], ["n", "a", "true"],
        ])
      try database.mark(present: ["m", "n"], boards: ["a"])
      #expect(try database.rows().allSatisfy { !$0.isVanished })
      try database.mark(present: ["m"], boards: ["a"], isComplete: false)
      #expect(try database.rows().allSatisfy { !$0.isVanished })
    }
  }

  @Test func whatIsNoDatabaseOfAZooIsRefused() throws {
    try TemporaryFolder.with { folder in
      let path = "\(folder)/\(ZooDatabase.fileName)"
      #expect(throws: ZooError.self) { try ZooDatabase(folder: folder) }
      try Data("this is no database, but text that is long enough to be read as one".utf8).write(
        to: URL(filePath: path))
      #expect(throws: ZooError.self) { try ZooDatabase(folder: folder, creates: true) }
      try FileManager.default.removeItem(atPath: path)
      try SQLiteDatabase(path).execute("CREATE TABLE other (x)")
      #expect(
        throws: ZooError.database(
          file: path, reason: "it is a database of another program; choose another --out")
      ) {
        try ZooDatabase(folder: folder, creates: true)
      }
      try SQLiteDatabase(path).execute("PRAGMA user_version = 99")
      #expect(throws: ZooError.otherVersion(file: path, found: 99, known: ZooDatabase.form)) {
        try ZooDatabase(folder: folder)
      }
    }
  }

  @Test func damageIsNoticed() throws {
    try TemporaryFolder.with { folder in
      do {
        let database = try ZooDatabase(folder: folder, creates: true)
        for index in 0..<200 {
          try database.save(ZooResult(row: row("m\(index)", "a"), key: "k"), version: "1")
        }
      }
      let url = URL(filePath: "\(folder)/\(ZooDatabase.fileName)")
      var bytes = try Data(contentsOf: url)
      for index in stride(from: 4096, to: bytes.count, by: 7) { bytes[index] ^= 0x5A }
      try bytes.write(to: url)
      #expect(throws: ZooError.self) { try ZooDatabase(folder: folder) }
    }
  }

  @Test func packedDocumentsComeBack() {
    for count in [0, 1, 5000, 3_000_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 1000) }
      #expect(Packing.unpacked(Packing.packed(bytes)) == bytes)
    }
    #expect(Packing.unpacked([1, 2, 3]) == nil)
  }
}

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The results of a zoo: one file, in which every result is committed as it comes.
///
/// Its form is an interface, described in Documentation/Zoo.md; `PRAGMA user_version` says which one it is.
package final class ZooDatabase {
  static let form = 1
  /// "nnzo": tells the file from other databases.
  private static let applicationID = 0x6E6E_7A6F
  package static let fileName = "zoo.sqlite"

  private let database: SQLiteDatabase

  /// Opens the database of an output folder.
  ///
  /// - Parameter creates: whether one is made where there is none.
  /// - Throws: `ZooError` for a file that is no sound database of this form.
  package init(folder: String, creates: Bool = false) throws(ZooError) {
    let path = folder + "/" + Self.fileName
    guard creates || FileManager.default.fileExists(atPath: path) else {
      throw .folder(
        path: folder, reason: "there is no \(Self.fileName): it is no output folder of 'nnopt zoo'")
    }
    guard !creates || !FileManager.default.isLink(path) else {
      throw .folder(path: path, reason: "it is a link, and results would be written elsewhere; remove it")
    }
    database = try SQLiteDatabase(path, isReadOnly: !creates)
    let found = try database.rows("PRAGMA user_version").first?.first?.integer ?? 0
    if creates && found == 0 {
      guard try database.rows("SELECT name FROM sqlite_master").isEmpty else {
        throw .database(file: path, reason: "it is a database of another program; choose another --out")
      }
      try database.transaction { () throws(ZooError) in
        try database.execute(Self.schema)
        try database.execute("PRAGMA user_version = \(Self.form)")
        try database.execute("PRAGMA application_id = \(Self.applicationID)")
      }
    } else if found != Self.form {
      throw .otherVersion(file: path, found: found, known: Self.form)
    }
    let state = try database.rows("PRAGMA quick_check(1)").first?.first?.text ?? ""
    guard state == "ok" else {
      throw .database(
        file: path,
        reason:
          "it is no sound database (\(SQLiteDatabase.oneLine(state))); move it away, and the next run begins anew"
      )
    }
  }

  private static let schema = """
    CREATE TABLE boards (
      position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
      available_bytes INTEGER, flash_bytes INTEGER) STRICT;
    CREATE TABLE results (
      model TEXT NOT NULL, board TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
      digest TEXT NOT NULL, file_bytes INTEGER, operators INTEGER,
      stock_bytes INTEGER, planned_bytes INTEGER, spare_bytes INTEGER, proved INTEGER, flash_bytes INTEGER,
      optimized_file_bytes INTEGER, optimized_arena_bytes INTEGER, accuracy REAL,
      output TEXT, output_digest TEXT, command TEXT NOT NULL, vanished INTEGER NOT NULL,
      nnopt TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (model, board)) STRICT;
    CREATE TABLE documents (
      model TEXT NOT NULL, board TEXT NOT NULL, kind TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (model, board, kind),
      FOREIGN KEY (model, board) REFERENCES results ON DELETE CASCADE) STRICT;
    """

  private static let columns = """
    model, board, verdict, reason, digest, file_bytes, operators, stock_bytes, planned_bytes, spare_bytes, proved,
    flash_bytes, optimized_file_bytes, optimized_arena_bytes, accuracy, output, command, vanished
    """

  /// Sets the boards, in the order in which reports have them.
  package func setBoards(_ boards: [ZooBoard]) throws(ZooError) {
    guard try self.boards() != boards.map(\.withoutFacts) else { return }
    try database.transaction { () throws(ZooError) in
      try database.execute("DELETE FROM boards")
      for (position, board) in boards.enumerated() {
        try database.run(
          "INSERT INTO boards VALUES (?, ?, ?, ?, ?)",
          [
            SQLiteValue(position), SQLiteValue(board.id), SQLiteValue(board.name),
            SQLiteValue(board.availableBytes), SQLiteValue(board.flashBytes),
          ])
      }
    }
  }

  package func boards() throws(ZooError) -> [ZooBoard] {
    try database.rows("SELECT id, name, available_bytes, flash_bytes FROM boards ORDER BY position").map {
      ZooBoard(
        id: $0[0].text ?? "", name: $0[1].text ?? "", availableBytes: $0[2].integer,
        flashBytes: $0[3].integer,
        facts: "")
    }
  }

  /// All results, by model, and in the order of the boards.
  package func rows() throws(ZooError) -> [ZooRow] {
    let order = Dictionary(uniqueKeysWithValues: try boards().enumerated().map { ($1.id, $0) })
    return try database.rows("SELECT \(Self.columns) FROM results").map(ZooRow.init(values:)).sorted {
      let places = (order[$0.board] ?? Int.max, order[$1.board] ?? Int.max)
      return ($0.model, places.0, $0.board) < ($1.model, places.1, $1.board)
    }
  }

  /// A result's document; nil where there is none.
  package func document(_ kind: ZooDocument, model: String, board: String) throws(ZooError) -> [UInt8]? {
    try packedDocument(kind, model: model, board: board).flatMap(Packing.unpacked)
  }

  /// A result's document as zlib packed it.
  package func packedDocument(
    _ kind: ZooDocument, model: String, board: String
  ) throws(ZooError) -> [UInt8]? {
    try database.rows(
      "SELECT bytes FROM documents WHERE model = ? AND board = ? AND kind = ?",
      [SQLiteValue(model), SQLiteValue(board), SQLiteValue(kind.rawValue)]
    ).first?.first?.blob
  }

  /// What a finished result rests on, and the file that it wrote; nil where there is no result.
  func finished(model: String, board: String) throws(ZooError) -> Finished? {
    try database.rows(
      "SELECT key, output, output_digest FROM results WHERE model = ? AND board = ?",
      [SQLiteValue(model), SQLiteValue(board)]
    ).first.map { Finished(key: $0[0].text ?? "", output: $0[1].text, outputDigest: $0[2].text) }
  }

  /// A row with its documents; nil where there is none.
  func result(of row: ZooRow) throws(ZooError) -> ZooResult? {
    guard let finished = try finished(model: row.model, board: row.board) else { return nil }
    var result = ZooResult(row: row, key: finished.key, outputDigest: finished.outputDigest)
    for kind in ZooDocument.allCases {
      result.documents[kind] = try packedDocument(kind, model: row.model, board: row.board)
    }
    return result
  }

  /// The nnopt that made a row.
  func version(of row: ZooRow) throws(ZooError) -> String {
    try database.rows("SELECT nnopt FROM results WHERE model = ? AND board = ?", row.identity).first?.first?
      .text ?? ""
  }

  struct Finished: Equatable {
    let key: String
    let output: String?
    let outputDigest: String?
  }

  /// Puts a result in the place of an older one, with its documents.
  func save(_ result: ZooResult, version: String) throws(ZooError) {
    let row = result.row
    try database.transaction { () throws(ZooError) in
      try database.run("DELETE FROM documents WHERE model = ? AND board = ?", row.identity)
      try database.run(
        """
        INSERT OR REPLACE INTO results (\(Self.columns), output_digest, nnopt, key)
        VALUES (\(Array(repeating: "?", count: 21).joined(separator: ", ")))
        """,
        row.values + [SQLiteValue(result.outputDigest), SQLiteValue(version), SQLiteValue(result.key)])
      for (kind, packed) in result.documents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        try database.run(
          "INSERT INTO documents VALUES (?, ?, ?, ?)",
          row.identity + [SQLiteValue(kind.rawValue), SQLiteValue(packed)])
      }
    }
  }

  /// Marks which models are there and which are gone, and forgets the results of boards that are not asked for.
  ///
  /// - Parameter isComplete: whether all models were looked for; where folders cannot be read, none counts as gone.
  func mark(present models: Set<String>, boards: [String], isComplete: Bool = true) throws(ZooError) {
    let known = try database.rows("SELECT DISTINCT model, board, vanished FROM results")
    try database.transaction { () throws(ZooError) in
      for row in known {
        let (model, board) = (row[0].text ?? "", row[1].text ?? "")
        if !boards.contains(board) {
          try database.run("DELETE FROM documents WHERE model = ? AND board = ?", [row[0], row[1]])
          try database.run("DELETE FROM results WHERE model = ? AND board = ?", [row[0], row[1]])
        } else if row[2].flag != !models.contains(model), isComplete || models.contains(model) {
          try database.run(
            "UPDATE results SET vanished = ? WHERE model = ? AND board = ?",
            [SQLiteValue(!models.contains(model)), row[0], row[1]])
        }
      }
    }
  }
}

extension FileManager {
  fileprivate func isLink(_ path: String) -> Bool { (try? destinationOfSymbolicLink(atPath: path)) != nil }
}

/// A finished row, and what it rests on.
struct ZooResult: Sendable {
  var row: ZooRow
  /// Of all that the result depends on: the model, the board, options, data, this nnopt.
  var key: String
  var outputDigest: String?
  /// Packed by zlib.
  var documents: [ZooDocument: [UInt8]] = [:]

  /// Says that the result is to be made again: its key is then none that a result can rest on, and stands behind all
  /// that are.
  mutating func setUnfinished() { key = "~" + key }
}

extension ZooBoard {
  fileprivate var withoutFacts: ZooBoard {
    ZooBoard(id: id, name: name, availableBytes: availableBytes, flashBytes: flashBytes, facts: "")
  }
}

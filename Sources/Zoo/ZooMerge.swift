#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Puts the parts of a zoo, worked on by several machines, into one.
///
/// The order of the parts does not matter, and doing it again changes nothing: of two results of one model and board
/// that rest on different things, the one whose digest is the smaller stays.
package enum ZooMerge {
  /// - Returns: how many results the merged zoo has.
  /// - Throws: `ZooError` where a part cannot be read, or parts are for different boards.
  package static func merge(_ parts: [String], into output: String) throws(ZooError) -> Int {
    // Parts are opened before anything is made.
    for part in parts { _ = try ZooDatabase(folder: part) }
    try Folder.make(output)
    let lock = try ZooLock(folder: output) {}
    defer { withExtendedLifetime(lock) {} }
    let target = try ZooDatabase(folder: output, creates: true)
    var boards = try target.boards()
    for part in parts {
      let source = try ZooDatabase(folder: part)
      let own = try source.boards()
      if boards.isEmpty {
        boards = own
        try target.setBoards(own)
      }
      guard own == boards else {
        throw .folder(
          path: part,
          reason:
            "its boards are \(names(own)), those of the other parts \(names(boards)): merge parts of one zoo")
      }
      try copy(source, from: part, into: target, output)
    }
    return try target.rows().count
  }

  private static func names(_ boards: [ZooBoard]) -> String {
    boards.map { $0.id.isEmpty ? "none" : $0.id }.joined(separator: ", ")
  }

  private static func copy(
    _ source: ZooDatabase, from part: String, into target: ZooDatabase, _ output: String
  ) throws(ZooError) {
    for row in try source.rows() {
      guard let result = try source.result(of: row) else { continue }
      if let known = try target.finished(model: row.model, board: row.board), known.key <= result.key {
        continue
      }
      if let name = row.output { try copyFile("\(part)/\(name)", to: "\(output)/\(name)") }
      try target.save(result, version: try source.version(of: row))
    }
  }

  private static func copyFile(_ source: String, to target: String) throws(ZooError) {
    try Folder.make(Folder.above(target))
    try? FileManager.default.removeItem(atPath: target)
    _ = try Snapshot.digest(of: RawPath(source), copy: target)
  }
}

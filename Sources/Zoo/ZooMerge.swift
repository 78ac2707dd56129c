/// Puts the parts of a zoo, worked on by several machines, into one.
///
/// The order of the parts does not matter, and doing it again changes nothing: of two results of one model and board
/// that rest on different things, the one whose digest is the smaller stays.
package enum ZooMerge {
  /// - Returns: how many results the merged zoo has.
  /// - Throws: `ZooError` where a part cannot be read, or parts are for different boards, or it is stopped.
  package static func merge(
    _ parts: [String], into output: String, stop: ZooStop = ZooStop()
  ) throws(ZooError) -> Int {
    // Parts are opened before anything is made.
    for part in parts { _ = try ZooDatabase(folder: part) }
    try Folder.make(output)
    let lock = try ZooLock(folder: output) {}
    defer { withExtendedLifetime(lock) {} }
    stop.setWorking(true)
    defer { stop.setWorking(false) }
    let work = try WorkFolder(in: output)
    defer { work.remove() }
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
      for row in try source.rows() {
        guard !stop.isRequested else { throw .stopped }
        try copy(row, of: source, in: part, to: target, output, work)
      }
    }
    return try target.rows().count
  }

  private static func names(_ boards: [ZooBoard]) -> String {
    boards.map { $0.id.isEmpty ? "none" : $0.id }.joined(separator: ", ")
  }

  private static func copy(
    _ row: ZooRow, of source: ZooDatabase, in part: String, to target: ZooDatabase, _ output: String,
    _ work: WorkFolder
  ) throws(ZooError) {
    guard let result = try source.result(of: row) else { return }
    let known = try target.finished(model: row.model, board: row.board)
    if let known, known.key < result.key { return }
    if let name = row.output {
      guard let file = OutputFile(folder: output, name: name) else {
        throw .folder(path: part, reason: "its database names a file outside of it: \(name)")
      }
      let isThere =
        known?.key == result.key && (try? Snapshot.digest(of: RawPath(file.path))) == result.outputDigest
      if !isThere { try copyFile("\(part)/\(name)", result.outputDigest, to: file, work) }
    }
    if known?.key != result.key { try target.save(result, version: try source.version(of: row)) }
  }

  private static func copyFile(
    _ source: String, _ digest: String?, to target: OutputFile, _ work: WorkFolder
  ) throws(ZooError) {
    let staged = "\(work.path)/file"
    let found = try Snapshot.digest(of: RawPath(source), copy: staged)
    guard found == digest else {
      throw .folder(path: source, reason: "it is not the file that the part wrote; run the part again")
    }
    do throws(OutputFile.Problem) { try target.take(staged) } catch {
      throw .folder(path: target.folder, reason: error.reason)
    }
  }
}

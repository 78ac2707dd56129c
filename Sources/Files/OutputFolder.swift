#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A folder into which several files are written together: all of them, or none.
package struct OutputFolder: Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// A file by its path in the folder, whose parts are separated by slashes.
  package typealias File = (path: String, bytes: [UInt8])

  /// A file whose bytes are made piece by piece when they are written.
  package typealias PiecewiseFile = (path: String, pieces: [@Sendable () -> [UInt8]])

  /// Writes files into the folder, which is made where it does not exist; so are folders in it.
  ///
  /// New files are written beside the old ones first and renamed when all are there; a link that has the name of
  /// one is replaced itself, and not what it leads to.
  ///
  /// - Parameter mayReplace: Whether an old file with these bytes may go; equal files stay as they are.
  /// - Throws: `unwritable` for the first file that may not be replaced or that the file system refuses;
  ///   then no file has been changed.
  package func write(
    _ files: [PiecewiseFile], mayReplace: ([UInt8]) -> Bool
  ) throws(FileError) {
    guard try isFolder(path) != false else {
      throw .unwritable(file: path, reason: "it is no folder; name one")
    }
    for folder in folders(of: files) where SymbolicLink.target(of: folder) != folder {
      throw .unwritable(file: folder, reason: "it is a link, and files would be written elsewhere; remove it")
    }
    var pending: [(target: String, pieces: [@Sendable () -> [UInt8]])] = []
    for file in files {
      let target = "\(path)/\(file.path)"
      guard let old = try existing(target) else {
        pending.append((target, file.pieces))
        continue
      }
      if Self.isSame(old, file.pieces) { continue }
      guard mayReplace(old) else {
        throw .unwritable(
          file: target, reason: "it was not written by nnopt, or has been changed since; --force replaces it")
      }
      pending.append((target, file.pieces))
    }
    try makeFolders(for: files)
    try replace(pending)
  }

  /// Writes files that are there as a whole.
  package func write(_ files: [File], mayReplace: ([UInt8]) -> Bool) throws(FileError) {
    try write(files.map { file in (file.path, [{ file.bytes }]) } as [PiecewiseFile], mayReplace: mayReplace)
  }

  private static func isSame(_ bytes: [UInt8], _ pieces: [@Sendable () -> [UInt8]]) -> Bool {
    var start = 0
    for piece in pieces {
      let piece = piece()
      guard piece.count <= bytes.count - start, bytes[start..<start + piece.count] == piece[...] else {
        return false
      }
      start += piece.count
    }
    return start == bytes.count
  }

  /// - Returns: nil where nothing has the name.
  private func isFolder(_ name: String) throws(FileError) -> Bool? {
    var status = stat()
    guard unsafe stat(name, &status) != 0 else { return status.st_mode & S_IFMT == S_IFDIR }
    guard errno == ENOENT else { throw .unwritable(file: name, reason: systemErrorText()) }
    return nil
  }

  private func existing(_ target: String) throws(FileError) -> [UInt8]? {
    guard let isFolder = try isFolder(target) else {
      // A link to nothing is in the way as well.
      return SymbolicLink.target(of: target) == target ? nil : []
    }
    guard !isFolder else { throw .unwritable(file: target, reason: "a folder has this name") }
    return try FileReading.bytes(of: target)
  }

  private func makeFolders(for files: [PiecewiseFile]) throws(FileError) {
    try makeFolder(path)
    for folder in folders(of: files) { try makeFolder(folder) }
  }

  /// The folders inside the folder that files are in, the outer ones first.
  private func folders(of files: [PiecewiseFile]) -> [String] {
    files.flatMap { file in
      let parts = file.path.split(separator: "/").dropLast()
      return parts.indices.map { "\(path)/\(parts[...$0].joined(separator: "/"))" }
    }
  }

  /// Makes a folder, and those above it, where they do not exist.
  private func makeFolder(_ folder: String) throws(FileError) {
    if try isFolder(folder) == true { return }
    if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try makeFolder(String(folder[..<slash]))
    }
    guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw .unwritable(file: folder, reason: systemErrorText())
    }
  }

  private func replace(
    _ files: [(target: String, pieces: [@Sendable () -> [UInt8]])]
  ) throws(FileError) {
    var staged: [StagedFile] = []
    do throws(FileError) {
      for file in files {
        staged.append(try StagedFile(file.pieces, beside: file.target, for: file.target))
      }
      for (temporary, file) in zip(staged, files) { try temporary.move(to: file.target) }
    } catch {
      for temporary in staged { temporary.discard() }
      throw error
    }
  }
}

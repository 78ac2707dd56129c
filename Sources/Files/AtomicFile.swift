#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Files that appear whole or not at all.
package enum AtomicFile {
  /// Writes into a temporary file in the same directory, flushes it, and renames it.
  ///
  /// The new file keeps the permissions of the one that it replaces; a link's target is replaced, not
  /// the link. What is no regular file (`/dev/stdout`, a pipe) is written to directly.
  ///
  /// - Throws: `unwritable`; then an old file is as it was, and nothing is left behind.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw failure(path) }
      // A link whose target is not there yet stays, too.
      return try create(bytes, at: SymbolicLink.target(of: path), mode: nil, path: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard unsafe access(path, W_OK) == 0 else { throw failure(path) }
      let target = try realPath(of: path)
      try create(bytes, at: target, mode: status.st_mode & 0o7777, path: path)
    case S_IFDIR: throw .unwritable(file: path, reason: "it is a directory; name a file")
    default: try writeDirectly(bytes, path: path)
    }
  }

  private static func realPath(of path: String) throws(FileError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw failure(path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func create(
    _ bytes: [UInt8], at target: String, mode: mode_t?, path: String
  ) throws(FileError) {
    let staged = try StagedFile([{ bytes }], beside: target, mode: mode, for: path)
    try staged.move(to: target)
  }

  private static func writeDirectly(_ bytes: [UInt8], path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    let problem = StagedFile.writeAll(bytes, to: descriptor)
    close(descriptor)
    if let problem { throw .unwritable(file: path, reason: problem) }
  }

  private static func failure(_ path: String) -> FileError {
    .unwritable(file: path, reason: systemErrorText())
  }
}

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
      return try create(bytes, at: path, mode: nil, path: path)
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
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let directory = slash.map { String(target[...$0]) } ?? "./"
    let (descriptor, temporary) = try openTemporary(in: directory, path: path)
    do throws(FileError) {
      try fill(descriptor, with: bytes, mode: mode, path: path)
      guard unsafe rename(temporary, target) == 0 else { throw failure(path) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    flushDirectory(directory)
  }

  private static func openTemporary(
    in directory: String, path: String
  ) throws(FileError) -> (descriptor: Int32, name: String) {
    for attempt in 0..<1000 {
      let name = "\(directory).nnopt.\(getpid()).\(attempt)"
      let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, name) }
      guard errno == EEXIST else { break }
    }
    throw failure(path)
  }

  /// Writes, flushes and closes the descriptor, whatever happens.
  private static func fill(
    _ descriptor: Int32, with bytes: [UInt8], mode: mode_t?, path: String
  ) throws(FileError) {
    var problem = writeAll(bytes, to: descriptor)
    if problem == nil, let mode, fchmod(descriptor, mode) != 0 { problem = systemErrorText() }
    if problem == nil, fsync(descriptor) != 0 { problem = systemErrorText() }
    if close(descriptor) != 0, problem == nil { problem = systemErrorText() }
    if let problem { throw .unwritable(file: path, reason: problem) }
  }

  private static func writeDirectly(_ bytes: [UInt8], path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    let problem = writeAll(bytes, to: descriptor)
    close(descriptor)
    if let problem { throw .unwritable(file: path, reason: problem) }
  }

  /// - Returns: What went wrong.
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    var written = 0
    while written < bytes.count {
      let result = unsafe bytes[written...].withUnsafeBytes { rest in
        #if canImport(Glibc)
          unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
          unsafe Musl.write(descriptor, rest.baseAddress, rest.count)
        #else
          unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
      }
      if result < 0 && errno == EINTR { continue }
      if result < 0 { return systemErrorText() }
      written += result
    }
    return nil
  }

  /// Makes the renaming durable. Some file systems cannot; the file is whole without it.
  private static func flushDirectory(_ directory: String) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String) -> FileError {
    .unwritable(file: path, reason: systemErrorText())
  }
}

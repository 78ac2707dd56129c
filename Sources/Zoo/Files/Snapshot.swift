internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads a file once, piece by piece: its digest, and a copy where one is wanted, so that what is worked on is what the
/// digest says, whatever becomes of the file meanwhile.
enum Snapshot {
  /// - Parameter copy: the path of a copy; nil for none.
  /// - Returns: the digest of the file's bytes.
  /// - Throws: `ZooError.folder` where the file cannot be read, or the copy not be written.
  static func digest(of path: RawPath, copy: String? = nil) throws(ZooError) -> String {
    // Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
    let source = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard source >= 0 else { throw failure(path, "cannot be read") }
    defer { close(source) }
    var status = stat()
    guard unsafe fstat(source, &status) == 0 else { throw failure(path, "cannot be read") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .folder(path: path.text, reason: "it is no regular file")
    }
    var target: Int32 = -1
    if let copy {
      target = unsafe open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard target >= 0 else { throw failure(RawPath(copy), "cannot be written") }
    }
    defer { if target >= 0 { close(target) } }
    var digest = Digest()
    while true {
      let bytes = try piece(of: source, path)
      guard !bytes.isEmpty else { return digest.text() }
      digest.add(bytes)
      if target >= 0, let problem = StagedFile.writeAll(bytes, to: target) {
        throw .folder(path: RawPath(copy ?? "").text, reason: "cannot be written: \(problem)")
      }
    }
  }

  private static func piece(of source: Int32, _ path: RawPath) throws(ZooError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe read(source, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, "cannot be read") }
      return Array(buffer.prefix(count))
    }
  }

  private static func failure(_ path: RawPath, _ what: String) -> ZooError {
    .folder(path: path.text, reason: "\(what): \(systemErrorText())")
  }
}

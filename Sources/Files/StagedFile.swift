#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file that is written under a name of its own, which nobody can foresee, and gets its final name when it is whole.
///
/// A process that is killed leaves one behind; the next that writes into the folder removes it.
package struct StagedFile {
  private let directory: String
  private let temporary: String
  /// The file's name for errors.
  private let path: String

  /// Writes and flushes bytes, piece by piece, into a new file in the target's folder; no link is followed.
  ///
  /// - Parameters:
  ///   - mode: permissions; nil for those of any new file.
  ///   - path: what errors call the file.
  /// - Throws: `unwritable`; then nothing is left behind.
  init(
    _ pieces: [@Sendable () -> [UInt8]], beside target: String, mode: mode_t? = nil, for path: String
  ) throws(FileError) {
    self.path = path
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    directory = slash.map { String(target[...$0]) } ?? "./"
    Leftovers.clear(in: directory)
    temporary = directory + Leftovers.newName()
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure() }
    if let problem = Self.fill(descriptor, with: pieces, mode: mode) {
      discard()
      throw .unwritable(file: path, reason: problem)
    }
  }

  /// Gives the file its name, which is then no longer that of another.
  ///
  /// - Throws: `unwritable`; then the target is as it was, and nothing is left behind.
  func move(to target: String) throws(FileError) {
    guard unsafe rename(temporary, target) == 0 else {
      let failure = failure()
      discard()
      throw failure
    }
    flushDirectory()
  }

  func discard() { unsafe unlink(temporary) }

  /// Writes, flushes and closes the descriptor, whatever happens.
  ///
  /// - Returns: What went wrong.
  private static func fill(_ descriptor: Int32, with pieces: [@Sendable () -> [UInt8]], mode: mode_t?)
    -> String?
  {
    var problem: String?
    for piece in pieces where problem == nil { problem = writeAll(piece(), to: descriptor) }
    if problem == nil, let mode, fchmod(descriptor, mode) != 0 { problem = systemErrorText() }
    if problem == nil, fsync(descriptor) != 0 { problem = systemErrorText() }
    if close(descriptor) != 0, problem == nil { problem = systemErrorText() }
    return problem
  }

  /// - Returns: What went wrong.
  package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
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
  private func flushDirectory() {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func failure() -> FileError { .unwritable(file: path, reason: systemErrorText()) }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads whole files.
package enum FileReading {
  /// A FlatBuffer's offsets end here.
  static let byteCountLimit = Int(Int32.max) - 1

  /// - Throws: `unreadable`, at once, for whatever is not a regular file of a size that can be read.
  package static func bytes(of path: String) throws(FileError) -> [UInt8] {
    // Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: systemErrorText()) }
    defer { close(descriptor) }
    let count = try byteCount(of: descriptor, path: path)
    return try bytes(of: descriptor, count: count, path: path)
  }

  private static func byteCount(of descriptor: Int32, path: String) throws(FileError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .unreadable(file: path, reason: systemErrorText())
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable(file: path, reason: "it is a directory; name a file")
    default: throw .unreadable(file: path, reason: "it is no regular file; save it to one first")
    }
    let count = Int(status.st_size)
    guard count <= byteCountLimit else {
      throw .unreadable(
        file: path, reason: "it has \(count) bytes; nnopt reads files of up to \(byteCountLimit)")
    }
    return count
  }

  private static func bytes(
    of descriptor: Int32, count: Int, path: String
  ) throws(FileError) -> [UInt8] {
    var failure: String?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let result = unsafe Self.read(descriptor, into: buffer, from: filled)
        if result < 0 && errno == EINTR { continue }
        if result < 0 { failure = systemErrorText() }
        if result <= 0 { break }
        filled += result
      }
    }
    if let failure { throw .unreadable(file: path, reason: failure) }
    guard bytes.count == count else {
      throw .unreadable(file: path, reason: "it became shorter while it was read; try again")
    }
    return bytes
  }

  private static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableBufferPointer<UInt8>, from offset: Int
  ) -> Int {
    let rest = unsafe UnsafeMutableRawBufferPointer(buffer).dropFirst(offset)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: rest)
    #if canImport(Glibc)
      return unsafe Glibc.read(descriptor, target.baseAddress, target.count)
    #elseif canImport(Musl)
      return unsafe Musl.read(descriptor, target.baseAddress, target.count)
    #else
      return unsafe Darwin.read(descriptor, target.baseAddress, target.count)
    #endif
  }
}

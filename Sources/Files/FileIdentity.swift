#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a path leads to, so that paths can be compared: the file itself where it exists, else the nearest
/// folder above that does, and the names below it.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let namesBelow: String

  /// - Returns: nil for devices, pipes and sockets, which several files may be written into, and for
  ///   an empty path.
  package init?(_ path: String) {
    guard !path.isEmpty else { return nil }
    let path = SymbolicLink.target(of: path)
    let names = path.split(separator: "/").filter { $0 != "." }
    let root = path.hasPrefix("/") ? "/" : "./"
    for count in stride(from: names.count, through: 0, by: -1) {
      var status = stat()
      guard unsafe stat(root + names[..<count].joined(separator: "/"), &status) == 0 else { continue }
      guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
      device = UInt64(truncatingIfNeeded: status.st_dev)
      inode = UInt64(truncatingIfNeeded: status.st_ino)
      namesBelow = names[count...].joined(separator: "/")
      return
    }
    return nil
  }

  /// Whether there is such a file or folder.
  package var exists: Bool { namesBelow.isEmpty }

  /// The folders that a file lies in, at any depth; none where it does not exist.
  package static func folders(above path: String) -> [FileIdentity] {
    guard let resolved = unsafe realpath(path, nil) else { return [] }
    defer { unsafe free(resolved) }
    let names = unsafe String(cString: resolved).split(separator: "/")
    return names.indices.compactMap { FileIdentity("/" + names[..<$0].joined(separator: "/")) }
  }
}

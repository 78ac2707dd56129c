internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Folders that a zoo writes into.
enum Folder {
  /// Makes a folder, and those above it, where they are not there yet.
  ///
  /// - Throws: `ZooError.folder` with the system's reason.
  static func make(_ path: String) throws(ZooError) {
    let names = path.split(separator: "/", omittingEmptySubsequences: true)
    var current = path.hasPrefix("/") ? "" : "."
    for name in names {
      current += "/\(name)"
      if unsafe mkdir(current, 0o777) != 0 && errno != EEXIST {
        throw .folder(path: path, reason: "cannot be made: \(systemErrorText())")
      }
    }
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .folder(path: path, reason: "it is no folder")
    }
    guard unsafe access(path, W_OK | X_OK) == 0 else {
      throw .folder(path: path, reason: "cannot be written into: \(systemErrorText())")
    }
  }

  /// The folder that a path is in.
  static func above(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
}

internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where a model's file goes: below the output folder, by board and by its path in the zoo.
struct OutputFile {
  /// The output folder.
  let folder: String
  /// Below the output folder.
  let name: String

  init(folder: String, board: String, model: String) {
    self.folder = folder
    // A name of a link's target or of a folder above is none of the zoo's.
    let parts = model.split(separator: "/").filter { $0 != "." && $0 != ".." }
    name = (["models", Substring(board)] + parts).joined(separator: "/")
  }

  var path: String { "\(folder)/\(name)" }

  /// Moves a finished file of the same file system here: it is there whole or not at all.
  ///
  /// - Throws: `ZooError.folder`.
  func take(_ staged: String) throws(ZooError) {
    try Folder.make(Folder.above(path))
    guard unsafe rename(staged, path) == 0 else {
      throw .folder(path: path, reason: "cannot be written: \(systemErrorText())")
    }
  }
}

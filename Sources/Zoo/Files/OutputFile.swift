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
    name = (["models"] + FileName.parts(board) + FileName.parts(model)).joined(separator: "/")
  }

  /// A file that a database names; nil where the name leads out of the folder.
  init?(folder: String, name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return nil }
    (self.folder, self.name) = (folder, name)
  }

  var path: String { "\(folder)/\(name)" }

  /// Why a file cannot be put in its place.
  struct Problem: Error, Equatable {
    let reason: String
    /// Whether others can be written all the same.
    let isOfThisFile: Bool

    init(_ part: String, _ code: Int32) {
      reason = "\(part): \(systemErrorText(code))"
      isOfThisFile = [ENOTDIR, EISDIR, ENAMETOOLONG, EEXIST, ENOTEMPTY, EINVAL, EILSEQ, ELOOP].contains(code)
    }

    /// A link where a folder has to be.
    init(link part: String) {
      reason = "\(part) is a link, and files would be written elsewhere; remove it"
      isOfThisFile = true
    }
  }

  /// Moves a finished file of the same file system here: it is there whole or not at all.
  ///
  /// Below the output folder no link is followed; one that has the file's name is replaced itself.
  func take(_ staged: String) throws(Problem) {
    let parts = name.split(separator: "/").map(String.init)
    var above = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard above >= 0 else { throw Problem(folder, errno) }
    defer { close(above) }
    for (index, part) in parts.dropLast().enumerated() {
      let next = try Self.folder(part, in: above, for: parts[...index].joined(separator: "/"))
      close(above)
      above = next
    }
    guard unsafe renameat(AT_FDCWD, staged, above, parts.last ?? "") == 0 else { throw Problem(name, errno) }
  }

  /// Opens a folder in another, and makes it where there is none.
  private static func folder(_ name: String, in above: Int32, for path: String) throws(Problem) -> Int32 {
    if unsafe mkdirat(above, name, 0o777) != 0 && errno != EEXIST { throw Problem(path, errno) }
    let folder = unsafe openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if folder >= 0 { return folder }
    let code = errno
    var status = stat()
    let isLink =
      unsafe fstatat(above, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
    throw isLink ? Problem(link: path) : Problem(path, code)
  }
}

internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds the models below folders.
///
/// Links are followed, and a folder that was seen is not entered again, so that loops of links end. Output folders of
/// zoos are left out.
struct ModelFinder {
  /// A model's file.
  struct Found: Sendable, Equatable {
    /// Where the file is.
    let path: RawPath
    /// Its name in the zoo: the path below its folder, behind the folder's name where there are several.
    let name: String
    let byteCount: Int
  }

  private(set) var models: [Found] = []
  /// Folders that cannot be read, with the reason.
  private(set) var problems: [(folder: String, reason: String)] = []
  private var seen: Set<[UInt64]> = []

  /// - Parameter roots: folders, and files that are taken whatever their names' endings.
  init(_ roots: [String]) {
    let prefixes = Self.prefixes(roots)
    for (root, prefix) in zip(roots, prefixes) {
      let path = RawPath(root)
      guard let status = Self.status(of: path) else {
        problems.append((root, systemErrorText()))
        continue
      }
      if status.isFolder {
        search(path, name: RawPath(prefix), status, isRoot: true)
      } else {
        let name = prefix.isEmpty ? RawPath(bytes: path.lastName) : RawPath(prefix)
        models.append(Found(path: path, name: name.text, byteCount: status.byteCount))
      }
    }
    models.sort { ($0.name, $0.path) < ($1.name, $1.path) }
    tellApart()
  }

  /// Texts with an accent as a character of its own or as a part of a letter are equal to Swift, and to people, but their
  /// files are not the same.
  private mutating func tellApart() {
    var names: Set<String> = []
    for index in models.indices where !names.insert(models[index].name).inserted {
      let name = RawPath(models[index].name).asciiText
      models[index] = Found(path: models[index].path, name: name, byteCount: models[index].byteCount)
      names.insert(name)
    }
    models.sort { $0.name < $1.name }
  }

  /// What stands before the names below each root: nothing for one root, else its last name, numbered where several
  /// have the same.
  private static func prefixes(_ roots: [String]) -> [String] {
    guard roots.count > 1 else { return roots.map { _ in "" } }
    var counts: [String: Int] = [:]
    return roots.map { root in
      let last = String(decoding: RawPath(root).lastName, as: UTF8.self)
      let name = last.isEmpty || last == "." || last == ".." ? "root" : last
      counts[name, default: 0] += 1
      return counts[name] == 1 ? name : "\(name)~\(counts[name] ?? 0)"
    }
  }

  private mutating func search(_ folder: RawPath, name: RawPath, _ status: Status, isRoot: Bool = false) {
    guard seen.insert(status.identity).inserted else { return }
    guard let entries = Self.entries(of: folder) else {
      problems.append((folder.text, systemErrorText()))
      return
    }
    // What a zoo wrote is no model of a zoo, or every run would find more of them.
    if !isRoot && entries.contains(Array(ZooDatabase.fileName.utf8)) { return }
    for entry in entries {
      let (path, name) = (folder.appending(entry), name.appending(entry))
      guard let status = Self.status(of: path) else {
        // A link to nothing that is called a model is one that cannot be read.
        if Self.isModel(entry) { models.append(Found(path: path, name: name.text, byteCount: 0)) }
        continue
      }
      if status.isFolder {
        search(path, name: name, status)
      } else if Self.isModel(entry) {
        models.append(Found(path: path, name: name.text, byteCount: status.byteCount))
      }
    }
  }

  private static func isModel(_ name: [UInt8]) -> Bool {
    let ending = Array(".tflite".utf8)
    return name.count > ending.count
      && name.suffix(ending.count).elementsEqual(ending) {
        $0 == $1 || $0 + 32 == $1 && (65...90).contains($0)
      }
  }

  private struct Status {
    let isFolder: Bool
    let byteCount: Int
    /// Device and number of the file.
    let identity: [UInt64]
  }

  private static func status(of path: RawPath) -> Status? {
    var status = stat()
    guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return nil }
    return Status(
      isFolder: status.st_mode & S_IFMT == S_IFDIR, byteCount: Int(status.st_size),
      identity: [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)])
  }

  /// The names in a folder but `.` and `..`, in the order of their bytes; nil where it cannot be read.
  private static func entries(of folder: RawPath) -> [[UInt8]]? {
    guard let stream = unsafe folder.withCString({ unsafe opendir($0) }) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

import Foundation

/// A folder of PNG and JPEG files: either all in it, or in sub-folders that name their classes.
package struct ImageFolder: Sendable {
  package let path: String
  /// Paths of the images, sorted; by class where there are sub-folders.
  package let files: [String]
  /// The class of every image; nil without sub-folders.
  ///
  /// Folders whose names are all numbers give the classes of these numbers; other names are numbered in
  /// their alphabetical order.
  package let labels: [Int]?
  /// The sub-folders' names, sorted.
  package let classNames: [String]

  /// - Throws: `DataError` where there is no image, or images stand both inside and outside sub-folders.
  package init(_ path: String) throws(DataError) {
    let names = try Self.names(in: path)
    let direct = names.filter(Self.isImage)
    var classes: [(name: String, files: [String])] = []
    for name in names where Self.isFolder("\(path)/\(name)") {
      let files = try Self.names(in: "\(path)/\(name)").filter(Self.isImage)
      if !files.isEmpty { classes.append((name, files.map { "\(path)/\(name)/\($0)" })) }
    }
    guard direct.isEmpty || classes.isEmpty else {
      throw .unsupported(
        file: path,
        reason:
          "it has images both beside and in sub-folders; move \(direct[0]) and the like into a sub-folder")
    }
    self.path = path
    classNames = classes.map(\.name)
    if classes.isEmpty {
      files = direct.map { "\(path)/\($0)" }
      labels = nil
    } else {
      let numbers = classes.map { Int($0.name) }
      let areNumbers = !numbers.contains { ($0 ?? -1) < 0 }
      files = classes.flatMap(\.files)
      labels = classes.enumerated().flatMap { index, entry in
        [Int](repeating: areNumbers ? numbers[index] ?? index : index, count: entry.files.count)
      }
    }
    guard !files.isEmpty else {
      throw .unsupported(file: path, reason: "it has no image; put .png, .jpg or .jpeg files into it")
    }
  }

  /// Names in a folder without hidden ones, sorted by their bytes.
  private static func names(in path: String) throws(DataError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .unreadable(file: path, reason: "the folder cannot be listed")
    }
  }

  private static func isImage(_ name: String) -> Bool {
    [".png", ".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

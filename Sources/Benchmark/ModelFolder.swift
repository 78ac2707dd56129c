import Foundation

/// The models below a folder.
enum ModelFolder {
  /// Paths of all .tflite files below the folders, sorted.
  static func models(in folders: [String]) -> [String] {
    folders.flatMap { folder -> [String] in
      let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
      return names.filter { $0.hasSuffix(".tflite") }.map { folder + "/" + $0 }
    }.sorted()
  }

  /// A path's last part without its extension.
  static func name(of path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent
  }
}

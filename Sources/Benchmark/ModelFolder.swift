import ArgumentParser
import Foundation

/// Models and data below folders.
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

  /// The folder with Fashion-MNIST, below the one that is given or that NNOPT_DATA names.
  ///
  /// - Throws: `ValidationError` where neither is.
  static func fashionMNIST(in folder: String?) throws -> String {
    guard let folder = folder ?? ProcessInfo.processInfo.environment["NNOPT_DATA"] else {
      throw ValidationError("say where the data are: --data FOLDER, or NNOPT_DATA")
    }
    return folder + "/fashion_mnist"
  }
}

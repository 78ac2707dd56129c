import Foundation

/// The project's own models, in its folder `Models`.
package enum OwnModels {
  /// Paths of the files, by name.
  package static let paths: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Models")
      .standardized
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".tflite") }.sorted().map { folder.appending(path: $0).path }
  }()
}

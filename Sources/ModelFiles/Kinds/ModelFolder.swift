import Foundation

/// Folders that frameworks store models in.
enum ModelFolder {
  static func isSavedModel(_ path: String) -> Bool {
    ["saved_model.pb", "saved_model.pbtxt"].contains {
      FileManager.default.fileExists(atPath: "\(path)/\($0)")
    }
  }
}

package import Files
package import GraphIR

/// Why a model cannot be read or written.
package enum ModelFileError: Error, Hashable, Sendable {
  /// The file system refuses the file, to read or to write.
  case file(FileError)
  /// The bytes are not a TensorFlow Lite model, or a damaged one.
  case notAModel(file: String, reason: String)
  /// The model breaks a rule that runtimes rely on.
  case invalid(file: String, place: ModelPlace, problem: String)
  /// The model holds what a file cannot, or what would be lost in writing.
  case notRepresentable(file: String, place: ModelPlace, problem: String)
}

extension ModelFileError: CustomStringConvertible {
  /// One line that names the file, the place and the problem.
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .notAModel(let file, let reason): "\(file): not a TensorFlow Lite model: \(reason)"
    case .invalid(let file, let place, let problem): "\(file): \(place): \(problem)"
    case .notRepresentable(let file, let place, let problem):
      "\(file): cannot be written: \(place): \(problem)"
    }
  }
}

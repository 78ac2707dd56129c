import GraphIR

/// What accumulates while one file is read.
final class ReadingState {
  let file: String
  /// What is being read, for errors and notes.
  var place = ModelPlace.model
  /// Places that hold what the schema does not know.
  private(set) var unknownParts: [String] = []
  /// The end of the last data behind the FlatBuffer that the model refers to.
  private(set) var appendedEnd = 0
  private var budget: Int

  private static let unknownPartLimit = 16

  /// - Parameter byteCount: Bytes in the file. Vectors and texts may be shared, so what is decoded can
  ///   be larger than the file, but not by much: a hostile file could share one vector a million times.
  init(file: String, byteCount: Int) {
    self.file = file
    budget = 2 * byteCount + (64 << 20)
  }

  func invalid(_ problem: String) -> ModelFileError {
    .invalid(file: file, place: place, problem: problem)
  }

  func damaged() -> ModelFileError {
    .notAModel(file: file, reason: "it is cut off or damaged at \(place); get an intact copy")
  }

  /// Remembers that the current place holds something unknown.
  func note(_ what: String) {
    guard unknownParts.count < Self.unknownPartLimit else { return }
    unknownParts.append("\(place): \(what)")
  }

  /// Remembers that the model refers to bytes behind the FlatBuffer.
  func claim(_ range: Range<Int>) { appendedEnd = max(appendedEnd, range.upperBound) }

  /// Accounts for a copy of `byteCount` bytes out of the file.
  func charge(_ byteCount: Int) throws(ModelFileError) {
    budget -= byteCount
    guard budget >= 0 else {
      throw .notAModel(file: file, reason: "\(place): the same data are shared absurdly often")
    }
  }
}

import Files
package import GraphIR

/// TensorFlow Lite models in files and in memory.
package enum ModelFile {
  /// Reads a model, and checks everything in it that later stages rely on.
  ///
  /// - Throws: `file`, `notAModel` or `invalid`.
  package static func read(path: String) throws(ModelFileError) -> Model {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReading.bytes(of: path) } catch { throw .file(error) }
    return try parse(bytes, name: path)
  }

  /// Reads a model from memory.
  ///
  /// - Parameter name: What errors call the file.
  /// - Throws: `notAModel` or `invalid`.
  package static func parse(_ bytes: [UInt8], name: String) throws(ModelFileError) -> Model {
    let model = try ModelReader(bytes: bytes, file: name).read()
    if let problem = GraphVerifier.forReading.firstProblem(in: model) {
      throw .invalid(file: name, place: problem.place, problem: problem.reason)
    }
    return model
  }

  /// The bytes of a file that holds the model; the same for the same model.
  ///
  /// - Throws: `notRepresentable` where the model breaks a rule of the format, or was read from a file
  ///   with parts that the schema does not know.
  package static func serialize(_ model: Model) throws(ModelFileError) -> [UInt8] {
    try serialize(model, name: "the model")
  }

  /// Writes a model into a file, which appears whole or not at all.
  ///
  /// - Throws: `notRepresentable`, or `file` for the file system's refusal.
  package static func write(_ model: Model, to path: String) throws(ModelFileError) {
    let bytes = try serialize(model, name: path)
    do throws(FileError) { try AtomicFile.write(bytes, to: path) } catch { throw .file(error) }
  }

  /// What is written must be readable: the reader's checks find a model that passes have broken.
  private static func serialize(_ model: Model, name: String) throws(ModelFileError) -> [UInt8] {
    let bytes = try ModelWriter(model, file: name).bytes()
    do throws(ModelFileError) {
      _ = try parse(bytes, name: name)
    } catch {
      switch error {
      case .invalid(_, let place, let problem):
        throw .notRepresentable(file: name, place: place, problem: problem)
      case .notAModel(_, let reason):
        throw .notRepresentable(file: name, place: .model, problem: reason)
      case .notRepresentable, .file: throw error
      }
    }
    return bytes
  }
}

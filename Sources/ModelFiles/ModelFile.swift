import Files
package import GraphIR

/// TensorFlow Lite models in files and in memory.
package enum ModelFile {
  /// Reads a model, and checks everything in it that later stages rely on.
  ///
  /// The file may be a C source that holds the model as an array of bytes.
  ///
  /// - Throws: `file`, `notAModel` or `invalid`.
  package static func read(path: String) throws(ModelFileError) -> Model { try contents(of: path).model }

  /// Reads a model as `read` does, and the bytes of its FlatBuffer: of a C source, those of the array.
  ///
  /// - Throws: `file`, `notAModel` or `invalid`.
  package static func contents(of path: String) throws(ModelFileError) -> (model: Model, bytes: [UInt8]) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileReading.bytes(of: path)
    } catch {
      guard ModelFolder.isSavedModel(path) else { throw .file(error) }
      throw .notAModel(
        file: path,
        reason: "it is a SavedModel: convert it by tf.lite.TFLiteConverter.from_saved_model first")
    }
    guard !Verification.hasIdentifier(bytes), let source = CArrayFile(bytes) else {
      return (try parse(bytes, name: path), bytes)
    }
    return try read(source, path)
  }

  private static func read(
    _ source: CArrayFile, _ path: String
  ) throws(ModelFileError) -> (model: Model, bytes: [UInt8]) {
    guard let array = source.models.first, source.models.count == 1 else {
      let names = source.models.map { "'\($0.name)'" }.joined(separator: ", ")
      throw .notAModel(
        file: path, reason: "it holds several arrays of bytes (\(names)): keep one model a file")
    }
    var model = try parse(array.bytes, name: path)
    model.remarks.insert("read from the C array '\(array.name)' of \(array.bytes.count) bytes", at: 0)
    return (model, array.bytes)
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
  /// - Parameter keepsAppendedData: Whether data that stand after the FlatBuffer stay there. TFLM does not look for
  ///   them there.
  /// - Throws: `notRepresentable` where the model breaks a rule of the format, or was read from a file
  ///   with parts that the schema does not know.
  package static func serialize(
    _ model: Model, keepsAppendedData: Bool = false
  ) throws(ModelFileError) -> [UInt8] {
    try serialize(model, name: "the model", keepsAppendedData: keepsAppendedData)
  }

  /// Writes a model into a file, which appears whole or not at all.
  ///
  /// - Throws: `notRepresentable`, or `file` for the file system's refusal.
  package static func write(_ model: Model, to path: String) throws(ModelFileError) {
    let bytes = try serialize(model, name: path)
    do throws(FileError) { try AtomicFile.write(bytes, to: path) } catch { throw .file(error) }
  }

  /// What is written must be readable: the reader's checks find a model that passes have broken.
  private static func serialize(
    _ model: Model, name: String, keepsAppendedData: Bool = false
  ) throws(ModelFileError) -> [UInt8] {
    let bytes = try ModelWriter(model, file: name, keepsAppendedData: keepsAppendedData).bytes()
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

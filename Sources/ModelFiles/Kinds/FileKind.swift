/// What a file is that is no TensorFlow Lite model, and what to do about it.
package enum FileKind {
  /// Whether the bytes say that they are a TensorFlow Lite model.
  package static func isModel(_ bytes: [UInt8]) -> Bool {
    Verification.hasIdentifier(bytes)
  }

  /// A clause such as `it is a PNG picture`, from the file's bytes.
  package static func remark(on bytes: [UInt8]) -> String {
    let first = bytes.prefix(512)
    if let kind = signatures.first(where: { bytes.dropFirst($0.offset).starts(with: $0.bytes) }) {
      return kind.remark
    }
    if first.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return archive(bytes) }
    if let text = text(first) { return remark(onText: text) }
    return protocolBuffer(bytes) ?? "convert the model to .tflite first"
  }

  private typealias Signature = (offset: Int, bytes: [UInt8], remark: String)

  private static let signatures: [Signature] = [
    (0, [0x89, 0x50, 0x4E, 0x47], "it is a PNG picture"),
    (0, [0xFF, 0xD8, 0xFF], "it is a JPEG picture"),
    (0, [0x1F, 0x8B], "it is compressed by gzip: unpack it first"),
    (0, [0x42, 0x5A, 0x68], "it is compressed by bzip2: unpack it first"),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A], "it is compressed by xz: unpack it first"),
    (0, [0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd: unpack it first"),
    (
      0, [0x89, 0x48, 0x44, 0x46],
      "it is an HDF5 file, as Keras writes: convert it by tf.lite.TFLiteConverter.from_keras_model first"
    ),
    (
      0, [0x93] + [UInt8]("NUMPY".utf8),
      "it is a NumPy array: that is data, which --input and --calibrate take"
    ),
    (0, [0x7F] + [UInt8]("ELF".utf8), "it is a program (ELF): name the model that was built into it"),
    (0, [0x80, 0x02], "it is a pickle, as PyTorch writes: convert the model by litert-torch first"),
    (0, [UInt8]("GGUF".utf8), "it is a GGUF file of a language model, which no microcontroller runs"),
    (4, [UInt8]("ORTM".utf8), "it is an ONNX Runtime model: convert the original to .tflite first"),
    (4, [UInt8]("ET1".utf8), "it is an ExecuTorch program: convert the original to .tflite first"),
  ]

  private static func archive(_ bytes: [UInt8]) -> String {
    if contains(bytes, "model.weights.h5") {
      return "it is a Keras archive: convert it by tf.lite.TFLiteConverter.from_keras_model first"
    }
    if contains(bytes, "/data.pkl") || contains(bytes, "constants.pkl") {
      return "it is a PyTorch archive (TorchScript): convert the model by litert-torch first"
    }
    return "it is a ZIP archive: unpack it first"
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 || (9...13).contains($0) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func remark(onText text: String) -> String {
    let start = text.drop { $0.isWhitespace }.lowercased()
    if start.hasPrefix("version https://git-lfs") {
      return
        "it is a Git LFS pointer and not the file itself: run 'git lfs pull' in the repository it came from"
    }
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return "it is a web page (HTML), as a failed download leaves it: download the raw file"
    }
    if start.hasPrefix("<") { return "it is XML text: get the model that it speaks of" }
    if start.hasPrefix("{") || start.hasPrefix("[") {
      return "it is JSON text: convert the model to .tflite first"
    }
    return "it is text without a model in a C array: convert the model to .tflite first"
  }

  /// The first fields of the messages that frameworks store models in.
  private static func protocolBuffer(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0x08, 0x01, 0x12) where contains(bytes, "serve"):
      return
        "it is a SavedModel's graph: convert its folder by tf.lite.TFLiteConverter.from_saved_model first"
    case (0x08, 1...0x20, 0x12), (0x08, 1...0x20, 0x3A):
      return "it is an ONNX model: convert it by onnx2tf first"
    case (0x0A, _, _) where contains(bytes, "Placeholder"):
      return "it is a frozen TensorFlow graph: convert it by tf.compat.v1.lite.TFLiteConverter first"
    default: return nil
    }
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let wanted = [UInt8](text.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return bytes.indices.dropLast(wanted.count - 1).contains {
      bytes[$0] == first && bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}

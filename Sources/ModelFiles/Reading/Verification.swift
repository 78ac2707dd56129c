internal import CTFLite

/// The FlatBuffers verifier: nothing of a file is read before it agrees.
enum Verification {
  private static let depthLimit: UInt32 = 16
  private static let tableLimit: UInt32 = 500_000

  /// - Returns: Where the FlatBuffer ends; other data may stand behind it.
  static func extent(of bytes: [UInt8], file: String) throws(ModelFileError) -> Int {
    var extent = 0
    let verdict = unsafe bytes.withUnsafeBufferPointer { pointer in
      unsafe ctf_verify(pointer.baseAddress, pointer.count, depthLimit, tableLimit, &extent)
    }
    let reason: String
    switch verdict {
    case CTF_VALID: return extent
    case CTF_TOO_SMALL: reason = "it has \(bytes.count) bytes; the smallest model has more"
    case CTF_TOO_LARGE: reason = "it has \(bytes.count) bytes; the format ends at 2 GiB"
    case CTF_WRONG_IDENTIFIER: reason = "bytes 4 to 7 are not TFL3; \(guess(from: bytes))"
    default:
      let place = ModelReader.placeOfDamage(in: bytes, file: file).map { " at \($0)" } ?? ""
      reason = "it is cut off or damaged\(place); get an intact copy"
    }
    throw .notAModel(file: file, reason: reason)
  }

  /// What the file is instead, from its first bytes.
  private static func guess(from bytes: [UInt8]) -> String {
    let kinds: [(prefix: [UInt8], name: String)] = [
      ([0x89, 0x50, 0x4E, 0x47], "it is a PNG picture"),
      ([0xFF, 0xD8, 0xFF], "it is a JPEG picture"),
      ([0x50, 0x4B, 0x03, 0x04], "it is a ZIP archive: unpack it first"),
      ([0x1F, 0x8B], "it is compressed by gzip: unpack it first"),
      ([0x89, 0x48, 0x44, 0x46], "it is an HDF5 file: convert the Keras model to .tflite first"),
    ]
    return kinds.first { bytes.starts(with: $0.prefix) }?.name ?? "convert the model to .tflite first"
  }
}

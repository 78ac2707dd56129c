internal import CTFLite

/// The FlatBuffers verifier: nothing of a file is read before it agrees.
enum Verification {
  private static let depthLimit: UInt32 = 16
  private static let tableLimit: UInt32 = 500_000

  /// - Returns: Where the FlatBuffer ends; other data may stand after it.
  static func extent(of bytes: [UInt8], file: String) throws(ModelFileError) -> Int {
    let (verdict, extent) = verdict(on: bytes)
    let reason: String
    switch verdict {
    case CTF_VALID: return extent
    case CTF_TOO_SMALL: reason = "it has \(bytes.count) bytes; the smallest model has more"
    case CTF_TOO_LARGE: reason = "it has \(bytes.count) bytes; the format ends at 2 GiB"
    case CTF_WRONG_IDENTIFIER:
      if let extent = extentWithoutIdentifier(of: bytes) { return extent }
      reason = "bytes 4 to 7 are not TFL3; \(FileKind.remark(on: bytes))"
    default:
      let place = ModelReader.placeOfDamage(in: bytes, file: file).map { " at \($0)" } ?? ""
      reason = "it is cut off or damaged\(place); get an intact copy"
    }
    throw .notAModel(file: file, reason: reason)
  }

  /// Whether the identifier is there, which TFLM does not ask for.
  static func hasIdentifier(_ bytes: [UInt8]) -> Bool { bytes.dropFirst(4).starts(with: identifier) }

  private static let identifier = [UInt8]("TFL3".utf8)

  /// Where the FlatBuffer ends that is a model but for its identifier.
  private static func extentWithoutIdentifier(of bytes: [UInt8]) -> Int? {
    var named = bytes
    named.replaceSubrange(4..<8, with: identifier)
    let (verdict, extent) = verdict(on: named)
    return verdict == CTF_VALID ? extent : nil
  }

  private static func verdict(on bytes: [UInt8]) -> (verdict: ctf_verdict, extent: Int) {
    var extent = 0
    let verdict = unsafe bytes.withUnsafeBufferPointer { pointer in
      unsafe ctf_verify(pointer.baseAddress, pointer.count, depthLimit, tableLimit, &extent)
    }
    return (verdict, extent)
  }
}

/// Bytes of a file as text and back, whatever they are.
///
/// The format wants UTF-8, and files exist that hold something else. Each byte that is not part of UTF-8 becomes one of
/// the last private characters of Unicode, and those become what their bytes become: so no two files give the same text.
enum ByteText {
  private static let first: UInt32 = 0x10FF00

  static func text(of bytes: ArraySlice<UInt8>) -> String {
    // The private characters begin with this byte, so nearly no text has to be looked at character by character.
    if let text = String(validating: bytes, as: UTF8.self),
      !bytes.contains(0xF4) || !text.unicodeScalars.contains(where: isEscape)
    {
      return text
    }
    var scalars = String.UnicodeScalarView()
    var rest = bytes
    while let byte = rest.first {
      if let scalar = firstScalar(of: rest), !isEscape(scalar) {
        scalars.append(scalar)
        rest = rest.dropFirst(String(scalar).utf8.count)
      } else {
        if let escape = Unicode.Scalar(first + UInt32(byte)) { scalars.append(escape) }
        rest = rest.dropFirst()
      }
    }
    return String(scalars)
  }

  static func bytes(of text: String) -> [UInt8] {
    guard text.utf8.contains(0xF4) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      isEscape(scalar) ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  private static func firstScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    for count in 1...min(4, bytes.count) {
      if let scalar = scalar(of: bytes.prefix(count)) { return scalar }
    }
    return nil
  }

  private static func scalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let scalars = String(validating: bytes, as: UTF8.self)?.unicodeScalars
    return scalars?.count == 1 ? scalars?.first : nil
  }

  private static func isEscape(_ scalar: Unicode.Scalar) -> Bool {
    (first...first + 0xFF).contains(scalar.value)
  }
}

internal import Files

/// A path as the file system has it: bytes, which need not be UTF-8.
struct RawPath: Sendable, Hashable, Comparable {
  /// Without a zero at the end.
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = Array(text.utf8) }

  func appending(_ name: [UInt8]) -> RawPath {
    if bytes.isEmpty { return RawPath(bytes: name) }
    return RawPath(bytes: bytes + (bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
  }

  /// The last name of the path, without slashes.
  var lastName: [UInt8] {
    let trimmed = bytes.reversed().drop { $0 == UInt8(ascii: "/") }
    return Array(trimmed.prefix { $0 != UInt8(ascii: "/") }.reversed())
  }

  /// The path as text, from which no other path's text can be made: bytes that are no UTF-8 stand as `\xFF`, a backslash
  /// as two.
  var text: String {
    var result = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      let (character, count) = Self.firstCharacter(of: rest)
      switch character {
      case nil:
        result += "\\x" + (rest[rest.startIndex] < 16 ? "0" : "") + Self.hexadecimal(rest[rest.startIndex])
      case "\\"?: result += "\\\\"
      case let character?: result.unicodeScalars.append(character)
      }
      rest = rest.dropFirst(count)
    }
    return result
  }

  /// As `text`, with every byte that is not ASCII as `\xFF`.
  var asciiText: String {
    bytes.map { $0 < 128 ? String(UnicodeScalar($0)) : "\\x" + Self.hexadecimal($0) }.joined()
  }

  /// The path as a shell takes it, without characters that cannot be shown; those are `\n` or `\xFF` in `$'…'`, which
  /// POSIX has since 2024.
  var shellWord: String {
    // A name that begins like an option is none.
    let bytes = bytes.first == UInt8(ascii: "-") ? Array("./".utf8) + bytes : bytes
    if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.allSatisfy(Self.isShown) {
      return ShellWords.quoted(text)
    }
    let escaped = bytes.map { byte in
      switch byte {
      case UInt8(ascii: "\n"): "\\n"
      case UInt8(ascii: "\\"), UInt8(ascii: "'"): "\\" + String(UnicodeScalar(byte))
      case 32..<127: String(UnicodeScalar(byte))
      default: "\\x" + (byte < 16 ? "0" : "") + Self.hexadecimal(byte)
      }
    }
    return "$'\(escaped.joined())'"
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
    default: true
    }
  }

  static func < (left: RawPath, right: RawPath) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

  private static func hexadecimal(_ byte: UInt8) -> String { String(byte, radix: 16, uppercase: true) }

  /// The first scalar of some bytes; nil for a byte that begins none.
  private static func firstCharacter(of bytes: ArraySlice<UInt8>) -> (Unicode.Scalar?, Int) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.prefix(4).makeIterator()
    guard case .valid(let encoded) = decoder.parseScalar(from: &iterator) else { return (nil, 1) }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  /// Calls with the bytes and a zero behind them, as the system's functions take paths.
  @unsafe
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let characters = bytes.map { CChar(bitPattern: $0) } + [0]
    return unsafe characters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("an array with a zero is not empty") }
      return unsafe body(start)
    }
  }
}

/// C and C++ sources that hold a model as an array of bytes, as `xxd -i` and sketches for Arduino do.
struct CArrayFile {
  /// The arrays of bytes, in their order.
  private(set) var arrays: [(name: String, bytes: [UInt8])] = []

  private static let shortest = 8

  /// - Returns: nil where the bytes are no text with such an array.
  init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, !bytes.prefix(4096).contains(where: { $0 < 9 }) else { return nil }
    var scanner = Scanner(bytes)
    while let array = scanner.nextArray() {
      if array.bytes.count >= Self.shortest { arrays.append(array) }
    }
    if arrays.isEmpty { return nil }
  }

  /// The arrays that begin as a TensorFlow Lite model does; all, where none does.
  var models: [(name: String, bytes: [UInt8])] {
    let named = arrays.filter { FileKind.isModel($0.bytes) }
    return named.isEmpty ? arrays : named
  }
}

/// Goes through a C source, comments left out.
private struct Scanner {
  private let text: [UInt8]
  private var position = 0
  private var lastName = ""

  init(_ text: [UInt8]) { self.text = text }

  /// The next list of numbers from 0 to 255 in braces, and the name in front of it.
  mutating func nextArray() -> (name: String, bytes: [UInt8])? {
    while position < text.count {
      if skipComment() { continue }
      let byte = text[position]
      if isNamePart(byte) {
        readName()
      } else {
        position += 1
        if byte == UInt8(ascii: "{"), let bytes = list() { return (lastName, bytes) }
      }
    }
    return nil
  }

  /// The numbers up to the closing brace; nil where something else stands there.
  private mutating func list() -> [UInt8]? {
    let start = position
    var bytes: [UInt8] = []
    while position < text.count {
      if skipComment() { continue }
      switch text[position] {
      case UInt8(ascii: "}"):
        position += 1
        return bytes
      case UInt8(ascii: ","), 9...13, 32: position += 1
      default:
        guard let number = number() else {
          position = start
          return nil
        }
        bytes.append(number)
      }
    }
    return nil
  }

  private mutating func number() -> UInt8? {
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var digits = ""
    while position < text.count, isNamePart(text[position]) {
      digits.unicodeScalars.append(Unicode.Scalar(text[position]))
      position += 1
      if digits.count > 8 { return nil }
    }
    while let last = digits.last, "uUlL".contains(last) { digits.removeLast() }
    let value = digits.lowercased().hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) : Int(digits)
    guard let value else { return nil }
    return isNegative ? Int8(exactly: -value).map { UInt8(bitPattern: $0) } : UInt8(exactly: value)
  }

  private mutating func readName() {
    var name = ""
    while position < text.count, isNamePart(text[position]) {
      name.unicodeScalars.append(Unicode.Scalar(text[position]))
      position += 1
    }
    let isKeyword = ["alignas", "__attribute__", "aligned", "PROGMEM", "DATA_ALIGN_ATTRIBUTE"].contains(name)
    if name.first?.isNumber != true, !isKeyword { lastName = name }
  }

  /// Whether a comment or a directive was passed over.
  private mutating func skipComment() -> Bool {
    let (slash, star) = (UInt8(ascii: "/"), UInt8(ascii: "*"))
    if text[position] == UInt8(ascii: "#") || isAt(slash, slash) {
      position = text[position...].firstIndex(of: 10) ?? text.endIndex
      return true
    }
    guard isAt(slash, star) else { return false }
    position += 2
    while position < text.count, !isAt(star, slash) { position += 1 }
    position = min(position + 2, text.count)
    return true
  }

  /// Whether two characters stand here.
  private func isAt(_ first: UInt8, _ second: UInt8) -> Bool {
    position + 1 < text.count && text[position] == first && text[position + 1] == second
  }

  private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

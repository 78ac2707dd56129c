/// Text that comes from files, made safe inside C++ sources.
enum SourceText {
  /// Printable ASCII for a line comment: everything else becomes `?`, and no line ends with a backslash.
  static func comment(_ text: String, limit: Int = 100) -> String {
    let shown = text.unicodeScalars.prefix(limit).map { scalar in
      (0x20...0x7E).contains(scalar.value) && scalar != "\\" ? Character(scalar) : "?"
    }
    return String(shown) + (text.unicodeScalars.dropFirst(limit).isEmpty ? "" : "...")
  }

  /// A string literal with the same bytes in UTF-8.
  static func literal(_ text: String) -> String {
    let digits = text.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"), 0..<0x20, 0x7F...:
        let octal = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      default: return String(UnicodeScalar(byte))
      }
    }
    return "\"" + digits.joined() + "\""
  }

  /// A float literal with exactly this value; nil where C++ has none.
  static func float(_ value: Float) -> String? {
    guard value.isFinite else { return nil }
    return "\(value)f"
  }

  /// A number with separators for comments: `1,376,256`.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }

  /// A sentence as comment lines of at most 92 characters.
  static func commentLines(_ sentence: String, indent: String = "") -> [String] {
    var lines: [String] = []
    var line = ""
    for word in comment(sentence, limit: 2000).split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > 88 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return (lines + [line]).map { "\(indent)// \($0)" }
  }
}

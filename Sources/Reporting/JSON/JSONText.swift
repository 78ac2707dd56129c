import Workflows

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How nnopt writes JSON: keys sorted, indented, slashes as they are.
enum JSONText {
  /// A document with its own keys, and beside them `document`, its name and the version of its form, and `nnopt`, the
  /// version of the tool.
  static func encoded(
    _ value: some Encodable, as document: String, isIndented: Bool = true
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    let envelope = Envelope(document: document, value: value)
    return escapingInvisible(String(decoding: try encoder.encode(envelope), as: UTF8.self))
  }

  private struct Envelope<Value: Encodable>: Encodable {
    let document: String
    let value: Value

    private enum Key: String, CodingKey {
      case document, nnopt
    }

    func encode(to encoder: any Encoder) throws {
      try value.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(document, forKey: .document)
      try container.encode(ToolVersion.text, forKey: .nnopt)
    }
  }

  /// The document with characters that steer a terminal or a line written as escapes, which JSON allows
  /// in strings, where alone they occur.
  static func escapingInvisible(_ document: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in document.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where !scalar.isASCII, .format, .lineSeparator, .paragraphSeparator:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: true)
          result.append(
            contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
        }
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

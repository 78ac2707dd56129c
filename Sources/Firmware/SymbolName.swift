/// A name for C++ symbols, file names and projects.
package struct SymbolName: Sendable, Hashable {
  /// A C++ identifier of ASCII letters, digits and single underscores that starts with a letter.
  package let text: String

  private static let limit = 60

  /// - Returns: nil where the text is no such identifier, or a word of the language.
  package init?(_ text: String) {
    guard !text.isEmpty, text == Self.cleaned(text), !Self.reserved.contains(text) else { return nil }
    self.text = text
  }

  /// A name from that of a file: other characters become underscores, the extension is left out.
  package init(fileName: String) {
    let file = fileName.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    let cleaned = Self.cleaned(stem)
    text = cleaned.isEmpty ? "model" : Self.reserved.contains(cleaned) ? cleaned + "_model" : cleaned
  }

  /// The name of the array with the model: `g_person_detect_model_data`, and `g_model_data` for `model`.
  package var dataSymbol: String { "g_\(hasModelAtEnd ? text : text + "_model")_data" }

  /// The length of the array.
  package var lengthSymbol: String { dataSymbol + "_len" }

  /// What include guards start with.
  var guardPrefix: String { text.uppercased() }

  private var hasModelAtEnd: Bool { text == "model" || text.hasSuffix("_model") }

  private static func cleaned(_ text: String) -> String {
    var result = ""
    for character in text.prefix(limit) {
      let isKept = character.isASCII && (character.isLetter || character.isNumber)
      if isKept {
        result.append(character)
      } else if !result.isEmpty, result.last != "_" {
        result.append("_")
      }
    }
    while result.last == "_" { result.removeLast() }
    return result.first?.isNumber == true ? "model_" + result : result
  }

  /// Words of C++, and names that generated files or their libraries use in the same scope.
  private static let reserved: Set<String> = [
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch",
    "char", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield", "compl",
    "concept", "const", "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype",
    "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern",
    "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new",
    "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public",
    "register", "reinterpret_cast", "requires", "return", "short", "signed", "sizeof", "static",
    "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true",
    "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual", "void", "volatile",
    "wchar_t", "while", "xor", "xor_eq",
    "abs", "app_main", "delay", "exit", "flatbuffers", "linux", "loop", "main", "memory", "setup", "signal",
    "std", "tflite", "time", "unix", "y0", "y1", "yn", "j0", "j1", "jn", "gamma", "index", "log", "exp",
    "sin",
    "cos", "tan", "floor", "ceil", "round", "sqrt", "pow", "read", "write", "open", "close", "link", "select",
    "remove", "rename", "system", "random", "accept", "connect", "listen", "send", "ruy", "gemmlowp",
  ]
}

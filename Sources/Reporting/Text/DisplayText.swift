/// Text that comes from files, made safe to show.
package enum DisplayText {
  /// The text without anything that steers a terminal or reorders a line.
  ///
  /// Control characters, line breaks, direction marks, invisible characters and all but two
  /// combining marks in a row become `�`.
  package static func sanitized(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      marks = isMark(scalar) ? marks + 1 : 0
      result.append(isHarmless(scalar) && marks <= 2 ? scalar : "\u{FFFD}")
    }
    return String(result)
  }

  /// A whole page of output, with its line breaks and its own colours, and without anything else that steers a
  /// terminal or reorders a line: what renderers forgot to make harmless ends here.
  package static func page(_ text: String, _ style: TerminalStyle) -> String {
    let colors = style.isColored ? TerminalStyle.colorCodes : []
    var rest = text.unicodeScalars[...]
    var result = String.UnicodeScalarView()
    while let scalar = rest.first {
      if scalar == "\u{1B}", let code = colors.first(where: { rest.starts(with: $0.unicodeScalars) }) {
        result.append(contentsOf: code.unicodeScalars)
        rest = rest.dropFirst(code.unicodeScalars.count)
        continue
      }
      result.append(scalar == "\n" || isPrintable(scalar) ? scalar : "\u{FFFD}")
      rest = rest.dropFirst()
    }
    return String(result)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }

  /// The text with a part cut out where it has more characters than `limit`.
  ///
  /// What stays is the end, which tells paths and the names of layers apart, and where there is room
  /// a quarter of it from the start.
  package static func shortened(_ text: String, to limit: Int) -> String {
    let characters = Array(text)
    guard characters.count > limit else { return text }
    guard limit > 1 else { return limit == 1 ? "…" : "" }
    let head = limit < 24 ? 0 : (limit - 1) / 4
    return String(characters[..<head]) + "…" + String(characters[(characters.count - (limit - 1 - head))...])
  }

  /// Lines of at most `width` characters, broken at spaces; a longer word keeps its own line.
  package static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The text in ASCII, character by character, so that columns stay aligned.
  package static func ascii(_ text: String) -> String {
    String(text.map { $0.isASCII ? $0 : substitutes[$0] ?? "?" })
  }

  private static let substitutes: [Character: Character] = [
    "×": "x", "·": "*", "−": "-", "–": "-", "…": "~", "≤": "<",
    "→": ">", "─": "-", "╌": "-", "│": "|", "└": "+", "┤": "+", "┼": "+", "┴": "+", "╎": ":",
    "▼": "v", "▲": "^", "▸": ">", "✓": "+", "✗": "x",
    "░": ".", "▒": ":", "▓": "%", "█": "#",
    "▁": "_", "▂": "_", "▃": ".", "▄": ".", "▅": ":", "▆": ":", "▇": "#",
    "▏": " ", "▎": " ", "▍": "-", "▌": "-", "▋": "=", "▊": "=", "▉": "#",
  ]

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}

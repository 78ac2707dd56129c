/// What a terminal can show: colours, characters beyond ASCII, and how many columns.
package struct TerminalStyle: Sendable, Equatable {
  package let isColored: Bool
  /// Columns, from 40 to 200.
  package let width: Int
  package let isASCII: Bool

  package init(isColored: Bool, width: Int = 80, isASCII: Bool = false) {
    self.isColored = isColored
    self.width = min(max(width, 40), 200)
    self.isASCII = isASCII
  }

  /// What a piece of text is, from which its colour follows.
  package enum Tone: String, CaseIterable, Sendable {
    case plain = ""
    case heading = "1"
    case faint = "2"
    case good = "32"
    case bad = "31"
    case warning = "33"
    case accent = "36"
    case strongGood = "1;32"
    case strongBad = "1;31"
  }

  /// The text in the colour of its tone, where colours are wanted.
  package func paint(_ text: String, _ tone: Tone) -> String {
    guard isColored, tone != .plain, !text.isEmpty else { return text }
    return "\(Self.code(tone.rawValue))\(text)\(Self.code("0"))"
  }

  /// All that `paint` writes between texts.
  static let colorCodes = Tone.allCases.filter { $0 != .plain }.map { code($0.rawValue) } + [code("0")]

  private static func code(_ parameters: String) -> String { "\u{1B}[\(parameters)m" }

  /// Runs of characters of one tone, painted run by run, without blanks at the end.
  package func paint(_ cells: [(character: Character, tone: Tone)]) -> String {
    let end = cells.lastIndex { $0.character != " " }.map { $0 + 1 } ?? 0
    var text = ""
    var start = 0
    while start < end {
      let tone = cells[start].tone
      let stop = cells[start..<end].firstIndex { $0.tone != tone } ?? end
      text += paint(String(cells[start..<stop].map(\.character)), tone)
      start = stop
    }
    return text
  }

  /// A sentence broken into lines that fit, each behind the same indentation.
  package func paragraph(_ text: String, indent: Int = 2, tone: Tone = .plain) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return DisplayText.wrapped(text, width: width - indent).map { margin + paint($0, tone) }
  }

  /// Lines as one text that the terminal can show, without a line break at its end.
  package func text(_ lines: [String]) -> String {
    let text = lines.joined(separator: "\n")
    return isASCII ? DisplayText.ascii(text) : text
  }
}

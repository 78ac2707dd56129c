/// Rows of cells in aligned columns that fit a terminal.
package struct TextTable: Sendable {
  /// How a column stands.
  package enum Column: Sendable {
    case left
    case right
    /// Left-aligned text whose middle is cut out where the table would be too wide.
    case flexible
    /// Left-aligned text; what is too wide for its row stands whole on lines of its own below it; the last column.
    case hanging
  }

  package struct Cell: Sendable, ExpressibleByStringInterpolation {
    package let text: String
    package let tone: TerminalStyle.Tone

    package init(_ text: String, _ tone: TerminalStyle.Tone = .plain) {
      self.text = text
      self.tone = tone
    }

    package init(stringLiteral text: String) { self.init(text) }
  }

  package let columns: [Column]
  package let indent: Int
  /// Columns that a narrow terminal does without, the first to go first.
  private let dispensable: [Int]
  private var rows: [[Cell]] = []
  private static let gap = 2
  private static let hangingIndent = 4
  private static let narrowest = 10
  /// The least room that a hanging column has beside the others; with less, all of it goes below.
  private static let hangingRoom = 20

  package init(_ columns: [Column], indent: Int = 2, dispensable: [Int] = []) {
    self.columns = columns
    self.indent = indent
    self.dispensable = dispensable
  }

  /// Adds a row; missing cells at its end stay empty.
  package mutating func add(_ cells: [Cell]) {
    precondition(cells.count <= columns.count, "a row has more cells than the table has columns")
    rows.append(cells)
  }

  /// The rows as lines, columns two blanks apart, without blanks at the end of a line.
  package func lines(_ style: TerminalStyle) -> [String] {
    let widths = widths(within: style.width)
    return rows.flatMap { row -> [String] in
      var line = ""
      var pending = indent
      let hung = columns.last == .hanging && row.count == columns.count ? row.last : nil
      let isBelow = (hung?.text.count ?? 0) > (widths.last ?? 0)
      for (index, cell) in (isBelow ? row.dropLast() : row[...]).enumerated() where widths[index] > 0 {
        let text = DisplayText.shortened(cell.text, to: widths[index])
        let blanks = widths[index] - text.count
        let isRight = columns[index] == .right
        if !text.isEmpty {
          line += String(repeating: " ", count: pending + (isRight ? blanks : 0))
          line += style.paint(text, cell.tone)
          pending = 0
        }
        pending += (text.isEmpty || !isRight ? blanks : 0) + Self.gap
      }
      guard isBelow, let hung else { return [line] }
      return [line] + style.paragraph(hung.text, indent: indent + Self.hangingIndent, tone: hung.tone)
    }
  }

  private func widths(within limit: Int) -> [Int] {
    var widths = columns.indices.map { column in
      let width = rows.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
      return columns[column] == .flexible ? min(width, limit) : width
    }
    func excess() -> Int {
      widths.reduce(indent) { $0 + ($1 > 0 ? $1 + Self.gap : 0) } - Self.gap - limit
    }
    func narrow() {
      while excess() > 0 {
        let candidates = columns.indices.filter { columns[$0] == .flexible && widths[$0] > Self.narrowest }
        guard let widest = candidates.max(by: { (widths[$0], -$0) < (widths[$1], -$1) }) else { break }
        widths[widest] -= 1
      }
    }
    // What hangs gets some room beside the columns that have to be there, or stands below all of them.
    if columns.last == .hanging, excess() > 0 {
      let (whole, least) = (widths, min(widths[columns.count - 1], Self.hangingRoom))
      widths[columns.count - 1] = least
      for column in dispensable where excess() > 0 { widths[column] = 0 }
      if excess() > 0 {
        widths = whole
        widths[columns.count - 1] = 0
      } else {
        widths[columns.count - 1] = min(whole[columns.count - 1], least - excess())
      }
    }
    let wanted = widths
    narrow()
    for column in dispensable where excess() > 0 {
      let gone = columns.indices.filter { widths[$0] == 0 } + [column]
      widths = wanted.enumerated().map { gone.contains($0) ? 0 : $1 }
      narrow()
    }
    return widths
  }
}

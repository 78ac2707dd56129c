import Operators

/// What the kernels of a graph run on, as lines for a terminal: long lists shortened.
struct LoweredText: Sendable {
  let style: TerminalStyle
  /// Elements of a list that are shown, where it has more than two more.
  private static let listLimit = 6
  private static let indent = 6

  /// An operator's number, name and kernel, and under it the parameters.
  func lines(_ index: Int, name: String, _ lowered: LoweredOperator) -> [String] {
    let number = String(repeating: " ", count: max(4 - "\(index)".count, 0)) + "\(index)"
    let name = DisplayText.sanitized(name)
    let start = style.paint(number, .faint) + "  " + name
    let isShort = number.count + name.count + lowered.form.count + 4 <= style.width
    let title =
      isShort
      ? [start + "  " + style.paint(lowered.form, .accent)]
      : [start] + style.paragraph(lowered.form, indent: Self.indent, tone: .accent)
    return title + lines(lowered.fields, indent: Self.indent)
  }

  /// Numbers and names that follow each other as one paragraph, every group and list as one of its own.
  private func lines(_ fields: [LoweredField], indent: Int) -> [String] {
    var lines: [String] = []
    var pending: [String] = []
    func flush() {
      if !pending.isEmpty { lines += paragraph(pending.joined(separator: ", "), indent: indent) }
      pending = []
    }
    for field in fields {
      if let text = inline(field.value) {
        pending.append(pair(field.name, text))
      } else {
        flush()
        lines += self.lines(field.name, field.value, indent: indent)
      }
    }
    flush()
    return lines
  }

  /// A group or a list under its name.
  private func lines(_ name: String, _ value: LoweredValue, indent: Int) -> [String] {
    switch value {
    case .list(let values):
      let shown = values.count > Self.listLimit + 2 ? values.prefix(Self.listLimit) : values[...]
      let rows = shown.enumerated().flatMap { lines("\(name)[\($0)]", $1, indent: indent) }
      guard shown.count < values.count else { return rows }
      return rows + paragraph("… \(values.count) \(name) in all", indent: indent)
    case .group(let fields) where fields.isEmpty: return []
    default:
      let parts = value.fields.compactMap { field in inline(field.value).map { pair(field.name, $0) } }
      guard parts.count == value.fields.count else {
        return paragraph(name, indent: indent) + lines(value.fields, indent: indent + 2)
      }
      return paragraph("\(name): \(parts.joined(separator: ", "))", indent: indent)
    }
  }

  /// A value that stands within a line; nil for groups, other than ranges, and for lists of them.
  private func inline(_ value: LoweredValue) -> String? {
    switch value {
    case .integers(let integers): list(integers.map(\.description))
    case .reals(let reals): list(reals.map(\.description))
    case .list(let values):
      values.contains { inline($0) == nil } ? nil : list(values.compactMap { inline($0) })
    case .group(let fields):
      fields.map(\.name) == ["lowerBound", "upperBound"] ? "\(fields[0].value)...\(fields[1].value)" : nil
    default: DisplayText.sanitized(value.description)
    }
  }

  private func list(_ elements: [String]) -> String {
    guard elements.count > Self.listLimit + 2 else { return "[\(elements.joined(separator: ", "))]" }
    return "[\(elements.prefix(Self.listLimit).joined(separator: ", ")), … \(elements.count) in all]"
  }

  /// A name and a value, which stay on one line where they are short.
  private func pair(_ name: String, _ value: String) -> String {
    name + (value.contains(" " as Character) ? " " : Self.solidBlank) + value
  }

  /// A blank at which no line is broken.
  private static let solidBlank = "\u{A0}"

  /// Lines behind the first stand two columns further.
  private func paragraph(_ text: String, indent: Int) -> [String] {
    let rows = DisplayText.wrapped(text, width: style.width - indent - 2)
    return rows.enumerated().map { row, text in
      String(repeating: " ", count: row == 0 ? indent : indent + 2)
        + String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }
  }
}

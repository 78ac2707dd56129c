/// A growing list of SVG elements.
struct SVGCanvas {
  private(set) var elements: [String] = []

  /// Where a text stands relative to its point.
  enum Anchor: String {
    case start
    case middle
    case end
  }

  /// A number with at most two decimals, in the form that SVG reads.
  static func number(_ value: Double) -> String {
    guard let hundredths = Int(exactly: (value * 100).rounded()) else { return "0" }
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    let digits = rest < 10 ? "0\(rest)" : String(rest)
    return "\(sign)\(whole).\(digits.last == "0" ? String(digits.dropLast()) : digits)"
  }

  /// A rectangle; `tooltip` is shown where the pointer rests on it.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, tooltip: String? = nil
  ) {
    let place =
      "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\""
    let opening = "<rect class=\"\(style)\" \(place)"
    guard let tooltip else {
      elements.append("\(opening)/>")
      return
    }
    elements.append("\(opening)><title>\(tooltip)</title></rect>")
  }

  mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: String) {
    elements.append(
      "<line class=\"\(style)\" x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" "
        + "x2=\"\(Self.number(end.x))\" y2=\"\(Self.number(end.y))\"/>")
  }

  /// A disc; `tooltip` is shown where the pointer rests on it.
  mutating func circle(x: Double, y: Double, radius: Double, style: String, tooltip: String) {
    elements.append(
      "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\">"
        + "<title>\(XMLText.escaped(tooltip))</title></circle>")
  }

  mutating func path(_ data: String, style: String) {
    elements.append("<path class=\"\(style)\" d=\"\(data)\"/>")
  }

  /// A text, escaped, turned a quarter to the left where `isUpright` says so.
  mutating func text(
    _ text: String, x: Double, y: Double, style: String, anchor: Anchor = .start, isUpright: Bool = false
  ) {
    let turn = isUpright ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    elements.append(
      "<text class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(side)\(turn)>"
        + "\(XMLText.escaped(text))</text>")
  }

  /// The whole document.
  func document(width: Int, height: Int, title: String, css: String) -> String {
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" role="img">
      <title>\(XMLText.escaped(title))</title>
      <style>
      \(css)
      </style>
      """
    return ([head] + elements + ["</svg>"]).joined(separator: "\n") + "\n"
  }
}

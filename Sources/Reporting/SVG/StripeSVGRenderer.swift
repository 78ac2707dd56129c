import Passes
package import Workflows

/// A picture of what stripes give: extra multiply-accumulates across, TFLM's arena up, with the model as it came and its
/// best order as lines.
package struct StripeSVGRenderer: Sendable {
  private static let (width, height) = (720, 460)
  private static let (left, right, top, bottom) = (92.0, 696.0, 84.0, 400.0)

  package init() {}

  /// The document's text.
  package func render(_ report: PlanReport) -> String {
    let name = DisplayText.shortened(
      report.path.split(separator: "/").last.map(String.init) ?? report.path, to: 50)
    var canvas = SVGCanvas()
    canvas.rectangle(x: 0, y: 0, width: Double(Self.width), height: Double(Self.height), style: "page")
    canvas.text("Arena of \(name) against extra work", x: 24, y: 36, style: "title")
    canvas.text(
      "each point: one choice of loops over stripes · orange: the one that was taken", x: 24, y: 60,
      style: "note")
    if let stripes = report.stripes { draw(stripes, on: &canvas) }
    return canvas.document(
      width: Self.width, height: Self.height, title: "Arena of \(name) against extra work",
      css: SVGTheme.css(tensorOutline: 0) + "\n" + Self.css)
  }

  private static let css = """
    .other { fill: #2f79ae; stroke: #f6f8fa; stroke-width: 1.2 } .best { fill: #e69f00; stroke: #1c2733 }
    .level { stroke: #7a8794; stroke-width: 1.2; stroke-dasharray: 5 4 }
    """

  private func draw(_ stripes: StripeReport, on canvas: inout SVGCanvas) {
    let levels = [("best order", stripes.wholeArenaBytes), ("as it came", stripes.stockArenaBytes)]
    let highest = (levels.map(\.1) + stripes.tried.map(\.arenaBytes)).max() ?? 1
    let work = Double(max(stripes.work, 1))
    let parts = stripes.tried.map { Double($0.extraWork) / work }
    let widest = max(parts.max() ?? 0, 0.001) * 1.1
    func x(_ part: Double) -> Double { Self.left + (Self.right - Self.left) * part / widest }
    func y(_ bytes: Int) -> Double {
      Self.bottom - (Self.bottom - Self.top) * Double(bytes) / (Double(max(highest, 1)) * 1.08)
    }
    canvas.rectangle(
      x: Self.left, y: Self.top, width: Self.right - Self.left, height: Self.bottom - Self.top, style: "plot")
    drawGrid(highest: highest, widest: widest, x, y, on: &canvas)
    drawLevels(levels, y, on: &canvas)
    func isTaken(_ point: StripeOutcome.Point) -> Bool {
      point.arenaBytes == stripes.arenaBytes && point.extraWork == stripes.extraWork
    }
    // What was taken lies above points that it would be hidden by.
    let points = zip(stripes.tried, parts)
    for (point, part) in points.filter({ !isTaken($0.0) }) + points.filter({ isTaken($0.0) }) {
      canvas.circle(
        x: x(part), y: y(point.arenaBytes), radius: 5, style: isTaken(point) ? "best" : "other",
        tooltip:
          "\(Figures.grouped(point.arenaBytes)) B, \(Figures.decimal(100 * part, places: 1)) % more work")
    }
  }

  /// Lines with their labels above; the lower of two that are close has its label below.
  private func drawLevels(
    _ levels: [(label: String, bytes: Int)], _ y: (Int) -> Double, on canvas: inout SVGCanvas
  ) {
    let (lower, upper) = (levels[0].bytes, levels[1].bytes)
    let areEqual = lower == upper
    let areClose = abs(y(lower) - y(upper)) < 14
    for (index, level) in levels.enumerated() where !(areEqual && index == 0) {
      let label = areEqual ? "as it came, and best order" : level.label
      let isBelow = areClose && !areEqual && level.bytes == min(lower, upper)
      canvas.line(from: (Self.left, y(level.bytes)), to: (Self.right, y(level.bytes)), style: "level")
      canvas.text(
        "\(label): \(Figures.grouped(level.bytes)) B", x: Self.right - 6,
        y: y(level.bytes) + (isBelow ? 15 : -5), style: "axis", anchor: .end)
    }
  }

  private func drawGrid(
    highest: Int, widest: Double, _ x: (Double) -> Double, _ y: (Int) -> Double, on canvas: inout SVGCanvas
  ) {
    let step = NiceNumbers.interval(atLeast: max(highest / 1024 / 6, 1)) * 1024
    for bytes in stride(from: 0, through: highest, by: step) {
      canvas.line(from: (Self.left, y(bytes)), to: (Self.right, y(bytes)), style: "grid")
      canvas.text("\(bytes / 1024) KiB", x: Self.left - 8, y: y(bytes) + 4, style: "axis", anchor: .end)
    }
    // In tenths of a percent.
    let most = Int(widest * 1000)
    let tenths = NiceNumbers.interval(atLeast: max(most / 6, 1))
    for number in stride(from: 0, through: most, by: tenths) {
      let part = Double(number) / 1000
      canvas.line(from: (x(part), Self.top), to: (x(part), Self.bottom), style: "grid")
      canvas.text(
        "\(Figures.decimal(100 * part, places: tenths % 10 == 0 ? 0 : 1)) %", x: x(part),
        y: Self.bottom + 18, style: "axis", anchor: .middle)
    }
    canvas.text(
      "more multiply-accumulates", x: (Self.left + Self.right) / 2, y: Self.bottom + 40, style: "axis",
      anchor: .middle)
  }
}

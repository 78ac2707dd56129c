package import Workflows

/// A picture of the arena: tensors as rectangles, steps across, addresses up.
///
/// Under it stands the curve of live bytes, with that of the file's order for comparison. The picture
/// has a fixed size, no scripts and no outside references.
package struct PlanSVGRenderer: Sendable {
  private static let width = 1200
  private static let height = 850
  private static let left = 92.0
  private static let plotWidth = 1084.0

  package init() {}

  /// The document's text.
  package func render(_ report: PlanReport) -> String {
    let plan = report.plan
    let end = plan.buffers.map(\.lifetime.upperBound).max() ?? 1
    let steps = max(plan.steps.count, end, 1)
    let top = SVGPanel.topBytes(above: report.visibleTop(over: plan.arenaBytes))
    let arena = SVGPanel(
      left: Self.left, top: 112, width: Self.plotWidth, height: 470, stepCount: steps, topBytes: top)
    let liveTop = max(plan.peakBytes, report.fileOrderLiveBytes.max() ?? 0)
    let live = SVGPanel(
      left: Self.left, top: 606, width: Self.plotWidth, height: 150, stepCount: steps,
      topBytes: SVGPanel.topBytes(above: report.visibleTop(over: liveTop)))
    var canvas = SVGCanvas()
    canvas.rectangle(x: 0, y: 0, width: Double(Self.width), height: Double(Self.height), style: "page")
    drawTitle(report, on: &canvas)
    arena.drawGrid(on: &canvas, title: "address in the arena", ticks: 8)
    live.drawGrid(on: &canvas, title: "live bytes", ticks: 4)
    let tensors = SVGTensors(report: report, panel: arena)
    tensors.drawRectangles(on: &canvas)
    SVGLiveBytes(report: report, panel: live).draw(on: &canvas)
    arena.drawSteps(on: &canvas, hasNumbers: false)
    live.drawSteps(on: &canvas, hasNumbers: true)
    SVGMarkers(report: report, arena: arena, live: live).draw(on: &canvas)
    tensors.drawLabels(on: &canvas)
    drawLegend(report, on: &canvas)
    return canvas.document(
      width: Self.width, height: Self.height, title: "Memory plan of \(report.path)",
      css: SVGTheme.css(tensorOutline: min(1, max(0.3, arena.stepWidth / 10))))
  }

  private func drawTitle(_ report: PlanReport, on canvas: inout SVGCanvas) {
    let plan = report.plan
    let name = report.path.split(separator: "/").last.map(String.init) ?? report.path
    canvas.text(DisplayText.shortened(name, to: 90), x: 24, y: 38, style: "title")
    let proof = plan.isPeakProved ? "proved: no order needs less" : "not proved to be the lowest"
    var parts = ["\(plan.orderName.rawValue) order: peak \(Figures.bytes(plan.peakBytes)), \(proof)"]
    if let file = report.orders.first(where: { $0.name == .file }), plan.orderName != .file {
      parts.append(Self.comparison(of: plan.peakBytes, with: file.peakBytes))
    }
    parts.append("aligned to \(plan.alignment) B")
    canvas.text(parts.joined(separator: "  ·  "), x: 24, y: 62, style: "note")
  }

  private static func comparison(of peak: Int, with file: Int) -> String {
    if peak == file { return "the same as in the file's order" }
    let share = Figures.share(abs(peak - file), of: file)
    return "\(share) \(peak < file ? "below" : "above") the file's order (\(Figures.grouped(file)) B)"
  }

  private func drawLegend(_ report: PlanReport, on canvas: inout SVGCanvas) {
    let y = 814.0
    var x = Self.left
    func swatch(_ styles: [String], _ text: String) {
      for style in styles {
        canvas.rectangle(x: x, y: y - 10, width: 14, height: 12, style: style)
        x += 15
      }
      canvas.text(text, x: x + 5, y: y, style: "note")
      x += Double(text.count) * 6.6 + 34
    }
    func stroke(_ style: String, _ text: String) {
      canvas.line(from: (x, y - 4), to: (x + 28, y - 4), style: style)
      canvas.text(text, x: x + 34, y: y, style: "note")
      x += Double(text.count) * 6.6 + 68
    }
    swatch(["tp0", "tp1", "tp2", "tp3"], "live at the peak, large to small")
    swatch(["t0", "t1", "t2", "t3"], "other tensors")
    swatch(["live"], "live bytes")
    if report.plan.orderName != .file { stroke("file", "live bytes in the file's order") }
    canvas.text("execution step", x: Self.left + Self.plotWidth, y: 790, style: "axis", anchor: .end)
  }
}

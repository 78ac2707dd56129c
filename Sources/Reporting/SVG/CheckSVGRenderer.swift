import Execution

/// A picture of where the error enters: a bar for every tensor, as long as its SQNR.
package struct CheckSVGRenderer: Sendable {
  private static let width = 1200
  private static let left = 420.0
  private static let plotWidth = 700.0
  private static let top = 112.0
  private static let row = 16.0
  /// SQNR in dB at the right end.
  private static let range = 80.0

  package init() {}

  /// The document's text.
  package func render(_ report: CheckReport) -> String {
    let layers = report.result.layers
    let height = Self.top + Double(max(layers.count, 1)) * Self.row + 60
    var canvas = SVGCanvas()
    canvas.rectangle(x: 0, y: 0, width: Double(Self.width), height: height, style: "page")
    drawTitle(report, on: &canvas)
    drawGrid(bottom: height - 48, on: &canvas)
    let losses = report.losses
    for (index, layer) in layers.enumerated() {
      draw(layer, loss: losses[index], at: Self.top + Double(index) * Self.row, on: &canvas)
    }
    return canvas.document(
      width: Self.width, height: Int(height.rounded(.up)),
      title: "Where the error enters: \(report.candidate)", css: SVGTheme.css(tensorOutline: 0))
  }

  private func drawTitle(_ report: CheckReport, on canvas: inout SVGCanvas) {
    canvas.text("Where the error enters", x: 24, y: 38, style: "title")
    let names = [report.reference, report.candidate].map { path in
      DisplayText.shortened(path.split(separator: "/").last.map(String.init) ?? path, to: 60)
    }
    canvas.text(
      "\(names[1]) against \(names[0]) · \(report.layerSamples) samples", x: 24, y: 62, style: "note")
    canvas.text(
      "signal to quantization noise, dB; orange: at least 6 dB lost in this tensor", x: 24, y: 82,
      style: "note")
  }

  private func drawGrid(bottom: Double, on canvas: inout SVGCanvas) {
    for tick in stride(from: 0.0, through: Self.range, by: 10) {
      let x = Self.left + tick / Self.range * Self.plotWidth
      canvas.line(from: (x, Self.top - 6), to: (x, bottom), style: "grid")
      canvas.text("\(Int(tick))", x: x, y: bottom + 16, style: "axis", anchor: .middle)
    }
    canvas.text("dB", x: Self.left + Self.plotWidth + 22, y: bottom + 16, style: "axis")
  }

  private func draw(
    _ layer: ComparisonResult.Tensor, loss: Double, at y: Double, on canvas: inout SVGCanvas
  ) {
    let sqnr = layer.difference.sqnrDb
    let length = sqnr == .infinity ? Self.range : min(max(sqnr.isFinite ? sqnr : 0, 0), Self.range)
    let label = DisplayText.shortened(layer.name, to: 40)
    canvas.text("\(layer.candidateOperator)", x: 24, y: y + 11, style: "axis")
    canvas.text(label, x: Self.left - 8, y: y + 11, style: "axis", anchor: .end)
    canvas.rectangle(
      x: Self.left, y: y + 2, width: max(length / Self.range * Self.plotWidth, 1), height: Self.row - 4,
      style: loss >= 6 ? "tp0" : "t1",
      tooltip: XMLText.escaped("\(layer.name): \(CheckTextRenderer.decibels(layer))"))
    canvas.text(
      CheckTextRenderer.decibels(layer), x: Self.left + length / Self.range * Self.plotWidth + 6, y: y + 11,
      style: "axis")
  }
}

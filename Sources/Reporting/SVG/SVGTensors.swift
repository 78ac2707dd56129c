import Passes
import Planning
import Workflows

/// The tensors of a plan as rectangles with labels and tooltips.
struct SVGTensors {
  let report: PlanReport
  let panel: SVGPanel

  private static let characterWidth = 6.3
  private static let padding = 4.0
  private static let thinnestOutlined = 4.0

  private var drawn: [Int] { report.plan.buffers.indices.filter { report.plan.buffers[$0].byteCount > 0 } }

  /// Draws a rectangle for each tensor that has bytes.
  func drawRectangles(on canvas: inout SVGCanvas) {
    let atPeak = Set(report.peak?.buffers.map(\.index) ?? [])
    for index in drawn {
      let tensor = report.plan.buffers[index]
      let frame = frame(of: tensor)
      let style = SVGTheme.tensorClass(
        bytes: tensor.byteCount, arenaBytes: report.plan.arenaBytes, isAtPeak: atPeak.contains(index))
      let isThin = min(frame.width, frame.height) < Self.thinnestOutlined
      canvas.rectangle(
        x: frame.x, y: frame.y, width: frame.width, height: max(frame.height, 0.5),
        style: isThin ? "\(style) thin" : style, tooltip: tooltip(index))
    }
  }

  /// Draws names and sizes where they fit.
  func drawLabels(on canvas: inout SVGCanvas) {
    for index in drawn { drawLabel(index, on: &canvas) }
  }

  private func frame(of tensor: Plan.Buffer) -> (x: Double, y: Double, width: Double, height: Double) {
    let bottom = panel.y(tensor.offset)
    let height = Double(tensor.byteCount) / panel.topBytes * panel.height
    let width = Double(tensor.lifetime.count) * panel.stepWidth
    return (panel.x(tensor.lifetime.lowerBound), bottom - height, width, height)
  }

  private func drawLabel(_ index: Int, on canvas: inout SVGCanvas) {
    let tensor = report.plan.buffers[index]
    let frame = frame(of: tensor)
    let center = frame.x + frame.width / 2
    let middle = frame.y + frame.height / 2
    let name = report.buffers[index].name
    let across = characters(in: frame.width)
    let level = frame.height >= 13 ? SVGLabel(name, limit: across) : nil
    let upright = frame.width >= 13 ? SVGLabel(name, limit: characters(in: frame.height)) : nil
    if let upright, upright.detail > level?.detail ?? .none {
      canvas.text(upright.text, x: center + 4, y: middle, style: "label", anchor: .middle, isUpright: true)
    } else if let level {
      let bytes = Figures.binaryBytes(tensor.byteCount)
      let hasBytes = frame.height >= 30 && bytes.count <= across
      canvas.text(level.text, x: center, y: middle + (hasBytes ? -2 : 4), style: "label", anchor: .middle)
      if hasBytes { canvas.text(bytes, x: center, y: middle + 12, style: "figure", anchor: .middle) }
    }
  }

  private func characters(in length: Double) -> Int {
    max(0, Int((length - 2 * Self.padding) / Self.characterWidth))
  }

  private func tooltip(_ index: Int) -> String {
    let facts = report.buffers[index]
    let tensor = report.plan.buffers[index]
    let last = tensor.lifetime.upperBound - 1
    var lines = [
      DisplayText.shortened(facts.name, to: 200),
      facts.elementType.map { "\(facts.shape?.description ?? "?") \($0)" } ?? "memory of the kernel",
      "\(Figures.bytes(tensor.byteCount)) at offset \(Figures.grouped(tensor.offset))",
      "live from step \(tensor.lifetime.lowerBound) to step \(last)",
    ]
    if report.stepLabels.indices.contains(last) {
      lines.append("from \(report.stepLabels[tensor.lifetime.lowerBound])")
      lines.append("to \(report.stepLabels[last])")
    }
    return lines.map(XMLText.escaped).joined(separator: "\n")
  }
}

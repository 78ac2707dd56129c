import Workflows

/// Live bytes over the steps: the plan's as an area, the file order's as an outline.
struct SVGLiveBytes {
  let report: PlanReport
  let panel: SVGPanel

  func draw(on canvas: inout SVGCanvas) {
    let live = report.plan.steps.map(\.liveBytes)
    guard !live.isEmpty else { return }
    canvas.path(outline(live) + " V\(SVGCanvas.number(panel.bottom)) Z", style: "live")
    if report.plan.orderName != .file { canvas.path(outline(report.fileOrderLiveBytes), style: "file") }
  }

  /// A line that starts at the panel's bottom and stands level through each step.
  private func outline(_ live: [Int]) -> String {
    let width = panel.width / Double(max(live.count, 1))
    var path = "M\(SVGCanvas.number(panel.left)) \(SVGCanvas.number(panel.bottom))"
    for (step, bytes) in live.enumerated() {
      if step == 0 || live[step - 1] != bytes { path += " V\(SVGCanvas.number(panel.y(bytes)))" }
      let isLast = step == live.count - 1
      if isLast || live[step + 1] != bytes {
        path += " H\(SVGCanvas.number(panel.left + width * Double(step + 1)))"
      }
    }
    return path
  }
}

import Workflows

/// The peak's step, the arena's size and the limits, drawn over the panels.
struct SVGMarkers {
  let report: PlanReport
  let arena: SVGPanel
  let live: SVGPanel

  func draw(on canvas: inout SVGCanvas) {
    drawArenaSize(on: &canvas)
    drawLimits(on: &canvas)
    drawPeak(on: &canvas)
  }

  private func drawArenaSize(on canvas: inout SVGCanvas) {
    let y = arena.y(report.plan.arenaBytes)
    canvas.line(from: (arena.left, y), to: (arena.right, y), style: "arena")
    canvas.text(
      "\(report.arenaName) \(Figures.bytes(report.plan.arenaBytes))",
      x: arena.right - 4, y: y - 5, style: "arenatext",
      anchor: .end)
  }

  private func drawLimits(on canvas: inout SVGCanvas) {
    var taken = [arena.y(report.plan.arenaBytes) - 5]
    for limit in report.headLimits {
      let label = "\(limit.name) \(Figures.bytes(limit.bytes))"
      guard Double(limit.bytes) <= arena.topBytes else {
        let row = Double(taken.count - 1) * 16
        canvas.text(
          "\(label): above this picture", x: arena.left + 6, y: arena.top + 15 + row, style: "limittext")
        taken.append(arena.top)
        continue
      }
      let y = arena.y(limit.bytes)
      canvas.line(from: (arena.left, y), to: (arena.right, y), style: "limit")
      let isAbove = !taken.contains { abs($0 - (y - 5)) < 14 }
      taken.append(isAbove ? y - 5 : y + 14)
      canvas.text(label, x: arena.right - 4, y: isAbove ? y - 5 : y + 14, style: "limittext", anchor: .end)
      guard Double(limit.bytes) <= live.topBytes else { continue }
      canvas.line(
        from: (live.left, live.y(limit.bytes)), to: (live.right, live.y(limit.bytes)), style: "limit")
    }
  }

  private func drawPeak(on canvas: inout SVGCanvas) {
    guard let peak = report.peak else { return }
    let x = arena.x(peak.step) + arena.stepWidth / 2
    canvas.line(from: (x, arena.top - 6), to: (x, live.bottom), style: "peak")
    let label =
      "peak \(Figures.bytes(report.plan.peakBytes)) at step \(peak.step), \(peak.operatorLabel)"
    let reach = Double(label.count) * 3.6
    let anchor: SVGCanvas.Anchor =
      x - reach < arena.left ? .start : x + reach > arena.right ? .end : .middle
    canvas.text(label, x: x, y: arena.top - 11, style: "peaktext", anchor: anchor)
  }
}

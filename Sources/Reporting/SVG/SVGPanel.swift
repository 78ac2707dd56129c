/// A part of the picture with steps across and bytes up.
struct SVGPanel {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  /// Steps that the width stands for; at least 1.
  let stepCount: Int
  /// Bytes that the height stands for; at least 1, at most `mostBytes`.
  let topBytes: Double

  /// Beyond this the ticks would leave `Int`.
  static let mostBytes = 0x1p62

  /// The bytes to show so that a line at `bytes` has some room above it.
  static func topBytes(above bytes: Int) -> Double { min(max(Double(bytes) * 1.05, 1), mostBytes) }

  var right: Double { left + width }
  var bottom: Double { top + height }
  var stepWidth: Double { width / Double(stepCount) }

  func x(_ step: Int) -> Double { left + Double(step) * stepWidth }

  func y(_ bytes: Int) -> Double { bottom - Double(bytes) / topBytes * height }

  /// The background, and lines with their bytes at round numbers.
  func drawGrid(on canvas: inout SVGCanvas, title: String, ticks: Int) {
    canvas.rectangle(x: left, y: top, width: width, height: height, style: "plot")
    let interval = NiceNumbers.binaryInterval(Int(topBytes), parts: ticks)
    for bytes in stride(from: 0, through: Int(topBytes), by: interval) {
      if bytes > 0 { canvas.line(from: (left, y(bytes)), to: (right, y(bytes)), style: "grid") }
      canvas.text(
        Self.tick(bytes, interval: interval), x: left - 8, y: y(bytes) + 4, style: "axis", anchor: .end)
    }
    canvas.text(title, x: 16, y: top + height / 2, style: "axis", anchor: .middle, isUpright: true)
  }

  /// The axis at the bottom, with round step numbers where asked for.
  func drawSteps(on canvas: inout SVGCanvas, hasNumbers: Bool) {
    let interval = NiceNumbers.interval(atLeast: Int((44 / stepWidth).rounded(.up)))
    for step in stride(from: 0, to: stepCount, by: interval) {
      let center = x(step) + stepWidth / 2
      canvas.line(from: (center, bottom), to: (center, bottom + 5), style: "frame")
      if hasNumbers {
        canvas.text(String(step), x: center, y: bottom + 18, style: "axis", anchor: .middle)
      }
    }
    canvas.line(from: (left, bottom), to: (right, bottom), style: "frame")
  }

  private static func tick(_ bytes: Int, interval: Int) -> String {
    if bytes == 0 { return "0" }
    if interval >= 1 << 30 { return "\(Figures.grouped(bytes >> 30)) GiB" }
    if interval >= 1 << 20 { return "\(Figures.grouped(bytes >> 20)) MiB" }
    return interval >= 1 << 10 ? "\(Figures.grouped(bytes >> 10)) KiB" : "\(Figures.grouped(bytes)) B"
  }
}

import Passes
import Workflows

/// A bar chart of live bytes over the plan's steps, with the limits drawn in.
struct LiveBytesChart {
  let report: PlanReport
  let style: TerminalStyle

  private static let rows = 10
  static let margin = 13

  private typealias Cell = (character: Character, tone: TerminalStyle.Tone)

  var lines: [String] {
    let live = report.plan.steps.map(\.liveBytes)
    guard report.plan.peakBytes > 0, !live.isEmpty else { return [] }
    let axis = StepAxis(stepCount: live.count, columns: style.width - Self.margin - 2)
    let top = report.visibleTop(over: report.plan.peakBytes)
    let limits = report.headLimits.filter { $0.bytes <= top }
    let levels = (0..<axis.columnCount).map { column in
      EighthBlocks.level(live[axis.steps(in: column)].max() ?? 0, of: top, cells: Self.rows)
    }
    let rows = (0..<Self.rows).reversed().map { row in line(row, levels, top: top, limits) }
    return [style.paint("Live bytes at each step", .heading), peakMarker(axis)] + rows
      + axis.lines(margin: Self.label(0) + " └") + legend(top: top)
  }

  private static func label(_ bytes: Int) -> String {
    let text = Figures.binaryBytes(bytes)
    return String(repeating: " ", count: max(0, margin - 2 - text.count)) + text
  }

  private func peakMarker(_ axis: StepAxis) -> String {
    let column = report.peak.map { axis.column(of: $0.step) } ?? 0
    let text = "peak \(Figures.bytes(report.plan.peakBytes)), step \(report.peak?.step ?? 0)"
    let isLeft = Self.margin + column + 2 + text.count > style.width && column > text.count
    let indent = Self.margin + column - (isLeft ? text.count + 1 : 0)
    let arrow = style.paint("▼", .accent)
    return String(repeating: " ", count: indent) + (isLeft ? "\(text) \(arrow)" : "\(arrow) \(text)")
  }

  private func row(of limit: MemoryLimit, top: Int) -> Int {
    max(0, (EighthBlocks.level(limit.bytes, of: top, cells: Self.rows) + 7) / 8 - 1)
  }

  private func line(_ row: Int, _ levels: [Int], top: Int, _ limits: [MemoryLimit]) -> String {
    let limit = limits.first { self.row(of: $0, top: top) == row }
    let lowest = limits.map { EighthBlocks.level($0.bytes, of: top, cells: Self.rows) }.min() ?? .max
    let cells: [Cell] = levels.map { level in
      let fill = min(max(level - row * 8, 0), 8)
      if fill == 0, limit != nil { return ("╌", .warning) }
      return (EighthBlocks.rising[fill], row * 8 >= lowest ? .bad : .accent)
    }
    var label = String(repeating: " ", count: Self.margin - 2)
    if row == Self.rows - 1 || row == Self.rows / 2 - 1 {
      label = Self.label(NiceNumbers.part(row + 1, of: Self.rows, in: top))
    }
    if let limit { label = style.paint(Self.label(limit.bytes), .warning) }
    return label + (limit == nil ? " │" : " ┼") + style.paint(cells)
  }

  private func legend(top: Int) -> [String] {
    report.headLimits.map { limit in
      let size = "\(limit.name) \(Figures.binaryBytes(limit.bytes))"
      let margin = String(repeating: " ", count: Self.margin)
      if limit.bytes > top { return margin + style.paint("\(size) is above the chart", .faint) }
      return margin + style.paint("╌╌ \(size)", .warning)
    }
  }
}

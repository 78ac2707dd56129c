import Execution
import GraphIR

/// A model's answers as text for a terminal.
package struct RunTextRenderer: Sendable {
  package let style: TerminalStyle
  /// Samples and elements shown at the most.
  private static let sampleLimit = 8
  private static let elementLimit = 10

  package init(style: TerminalStyle) { self.style = style }

  /// The report's text, without a line break at its end.
  package func render(_ report: RunReport) -> String {
    var lines = [
      style.paint(DisplayText.sanitized(report.path), .heading),
      "  \(Figures.counted(report.samples, "sample")), \(DisplayText.sanitized(report.dataOrigin))",
    ]
    lines += report.preprocessing.map { "  " + DisplayText.sanitized($0) }
    for (position, value) in report.outputs.enumerated() { lines += output(value, position, report) }
    if !report.timings.isEmpty { lines += timings(report.timings, samples: report.samples) }
    return style.text(lines)
  }

  private func output(_ value: Value, _ position: Int, _ report: RunReport) -> [String] {
    let shape = value.shape?.description ?? "?"
    var lines = ["", style.paint(DisplayText.sanitized(value.name ?? "output \(position)"), .heading)]
    lines[1] += "  \(shape)  \(value.elementType)"
    guard let dequantizer = Dequantizer(value) else { return lines }
    for (sample, outputs) in report.results.prefix(Self.sampleLimit).enumerated() {
      let numbers = dequantizer.floats(outputs[position])
      let best = numbers.count > 1 ? Ranking.best(numbers).map { "  largest at \($0)" } ?? "" : ""
      let shown = Self.shown(numbers, within: style.width - best.count - "  \(sample)   …".count)
      let rest = numbers.count > shown.count ? " …" : ""
      lines.append(
        "  \(style.paint("\(sample)", .faint))  \(shown.joined(separator: " "))\(rest)\(style.paint(best, .faint))"
      )
    }
    if report.results.count > Self.sampleLimit {
      lines.append("  … and \(report.results.count - Self.sampleLimit) more; --output writes all")
    }
    return lines
  }

  /// The first numbers, as many as a line takes.
  private static func shown(_ numbers: [Float], within width: Int) -> [String] {
    var shown: [String] = []
    var length = 0
    for number in numbers.prefix(elementLimit) {
      let text = "\(number)"
      length += text.count + 1
      if length > width, !shown.isEmpty { break }
      shown.append(text)
    }
    return shown
  }

  private func timings(_ timings: [RunReport.OperatorTiming], samples: Int) -> [String] {
    let total = timings.reduce(0) { $0 + $1.milliseconds }
    var table = TextTable([.right, .left, .right, .right, .right])
    table.add(["#", "operator", "runs", "µs a run", "share"].map { .init($0, .faint) })
    for timing in timings {
      let place = timing.graph == 0 ? "\(timing.index)" : "\(timing.graph):\(timing.index)"
      let share = total > 0 ? 100 * timing.milliseconds / total : 0
      table.add([
        .init(place, .faint), .init(DisplayText.sanitized(timing.name)), .init(Figures.grouped(timing.runs)),
        .init(Figures.decimal(1000 * timing.milliseconds / Double(max(timing.runs, 1)), places: 1)),
        .init(Figures.decimal(share, places: 1) + " %"),
      ])
    }
    let mean = Figures.decimal(total / Double(max(samples, 1)), places: 3)
    let sum = "\(mean) ms for one inference, on one thread"
    return ["", style.paint("Time by operator", .heading)] + table.lines(style) + ["  " + sum]
  }
}

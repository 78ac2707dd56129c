package import Workflows

/// The report on one model for a terminal.
package struct PlanTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The report's text, without a line break at its end.
  package func render(_ report: PlanReport) -> String {
    let marks = TensorMarks(report)
    let sections = [
      ModelHeaderText(path: report.path, summary: report.summary, style: style).lines,
      OrderTableText(report: report, style: style).lines,
      StripeText(report: report, style: style).lines,
      PeakText(report: report, marks: marks, style: style).lines,
      LiveBytesChart(report: report, style: style).lines,
      ArenaMap(report: report, marks: marks, style: style).lines,
      RuntimeText(report: report, style: style).lines,
      RegionText(report: report, style: style).lines,
      VerdictText(report: report, style: style).lines,
    ]
    return style.text(Array(sections.filter { !$0.isEmpty }.joined(separator: [""])))
  }
}

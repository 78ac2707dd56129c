import Testing

@testable import Reporting

@Suite struct LiveBytesChartTests {
  private let style = TerminalStyle(isColored: false, width: 80)

  @Test func drawsALimitInRangeAndNamesOneOutOfRange() throws {
    let model = SampleReports.branches()
    let near = LiveBytesChart(
      report: try SampleReports.report(model, limitBytes: 2048), style: style
    ).lines
    #expect(near[2] == "    2.0 KiB ┼" + String(repeating: "╌", count: 40))
    #expect(near.last == "             ╌╌ limit 2.0 KiB")
    let far = LiveBytesChart(
      report: try SampleReports.report(model, limitBytes: 1 << 20), style: style
    ).lines
    #expect(!far.contains { $0.contains("╌") })
    #expect(far.last == "             limit 1.0 MiB is above the chart")
  }

  @Test func downsamplingKeepsThePeak() throws {
    let model = SampleReports.chain(1000, bytes: { $0 == 700 ? 1600 : 16 })
    let report = try SampleReports.report(model)
    let lines = LiveBytesChart(report: report, style: style).lines
    let peak = "peak 1,616 B (1.6 KiB), step 699 ▼"
    let arrow = try #require(lines[1].firstIndex(of: "▼")).utf16Offset(in: lines[1])
    #expect(lines[1].hasSuffix(peak) || lines[1].contains("▼ peak 1,616 B (1.6 KiB), step 699"))
    #expect(Array(lines[2])[arrow] == "█")
    #expect(lines[2].filter { $0 == "█" }.count <= 2)
  }

  @Test func noStepsMakeNoChart() throws {
    let report = try SampleReports.report(SampleReports.chain(0))
    #expect(LiveBytesChart(report: report, style: style).lines == [])
  }
}

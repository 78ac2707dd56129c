import GraphIR
import Testing
import Workflows
import _TestSupport

@testable import Reporting

@Suite struct PlanReportTests {
  @Test func gathersThePeakWithRoles() throws {
    let report = try SampleReports.report(SampleReports.branches())
    let peak = try #require(report.peak)
    #expect(peak.step == 1)
    #expect(peak.operatorLabel == "operator 2 (AVERAGE_POOL_2D)")
    #expect(peak.buffers.map { report.buffers[$0.index].name } == ["left/expand", "image", "left/reduce"])
    #expect(peak.buffers.map(\.role) == [.input, .held, .output])
    #expect(report.fileOrderLiveBytes.max() == 2624)
  }

  @Test func namesTensorsWithoutAName() throws {
    let report = try SampleReports.report(SampleReports.chain(1, name: { _ in "" }))
    #expect(report.buffers.map(\.name) == ["tensor 0", "tensor 1"])
  }

  @Test func isWithinLimitsWhereAllOfThemHold() throws {
    let model = SampleReports.branches()
    #expect(try SampleReports.report(model).isWithinLimits)
    #expect(
      try SampleReports.report(model, board: SampleReports.board(1408), limitBytes: 1408).isWithinLimits)
    #expect(
      try !SampleReports.report(model, board: SampleReports.board(1407), limitBytes: 1408).isWithinLimits)
    #expect(
      try !SampleReports.report(model, board: SampleReports.board(1408), limitBytes: 1407).isWithinLimits)
  }
}

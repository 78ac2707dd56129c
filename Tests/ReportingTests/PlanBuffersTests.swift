import GraphIR
import MemoryPlanning
import Planning
import Testing
import _TestSupport

@testable import Reporting

@Suite struct PlanBuffersTests {
  @Test func rowsAreThePlansBuffers() throws {
    let report = try SampleReports.report(SampleReports.branches())
    let named = try NamedPlacementProblem(csv: PlanBuffers.csv(report))
    let used = report.plan.buffers.filter { $0.byteCount > 0 }
    #expect(named.problem.buffers.map(\.size) == used.map(\.byteCount))
    #expect(named.problem.buffers.map { $0.lower..<$0.upper } == used.map(\.lifetime))
    #expect(named.problem.buffers.map(\.fixedOffset) == used.map(\.offset))
    #expect(named.names.contains("left/expand") && named.names.contains("image"))
  }

  @Test func equalNamesAreToldApart() throws {
    let report = try SampleReports.report(SampleReports.chain(3, name: { _ in "same" }))
    let named = try NamedPlacementProblem(csv: PlanBuffers.csv(report))
    #expect(named.names == ["same#0", "same#1", "same#2", "same#3"])
  }
}

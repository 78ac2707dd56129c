import Firmware
import Testing
import Workflows

@testable import Reporting

@Suite struct RegionReportTests {
  @Test func slowTensorsAreSortedByTraffic() throws {
    let report = try SampleReports.report(SampleReports.chain(4), fast: 64, slow: 1000)
    let regions = try #require(report.regions)
    let plan = try #require(regions.plan)
    #expect(!regions.slower.isEmpty)
    #expect(regions.slower.allSatisfy { plan.buffers[$0].pool == 1 })
    let traffic = regions.slower.map { plan.buffers[$0].trafficBytes }
    #expect(traffic == traffic.sorted(by: >))
    #expect(report.isWithinLimits)
  }

  @Test func modelsThatDoNotFitAreNotWithinTheLimits() throws {
    let report = try SampleReports.report(SampleReports.branches(), fast: 64, slow: 64)
    #expect(report.regions?.plan == nil)
    #expect(report.regions?.shortage?.contains("no region has more than 64 B") == true)
    #expect(!report.isWithinLimits)
  }

  @Test func theFirmwareGetsTheSamePlaces() throws {
    let model = SampleReports.branches()
    let plan = try #require(try SampleReports.report(model, fast: 1344, slow: 2048).regions?.plan)
    let table = FirmwareRegions(plan, of: model)
    #expect(table.plan.pools.map(\.name) == ["fast", "slow"])
    #expect(table.plan.pools.map(\.usedBytes) == plan.pools.map(\.usedBytes))
    #expect(table.names.count == plan.buffers.count)
  }
}

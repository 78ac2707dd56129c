import Firmware
import Testing

@testable import Reporting

@Suite struct RegionReportTests {
  @Test func slowTensorsAreSortedByTraffic() throws {
    let report = try SampleReports.report(SampleReports.chain(4), fast: 64, slow: 1000)
    let regions = try #require(report.regions)
    let plan = try #require(regions.plan)
    #expect(!regions.slower.isEmpty)
    #expect(regions.slower.allSatisfy { plan.tensors[$0].region == 1 })
    let traffic = regions.slower.map { plan.tensors[$0].trafficBytes }
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
    #expect(table.regions.map(\.name) == ["fast", "slow"])
    #expect(table.regions.map(\.usedBytes) == plan.regions.map(\.usedBytes))
    #expect(table.tensors.count == plan.tensors.count)
  }
}

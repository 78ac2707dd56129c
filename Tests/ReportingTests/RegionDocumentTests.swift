import Foundation
import Testing

@testable import Reporting

@Suite struct RegionDocumentTests {
  private func regions(fast: Int, slow: Int) throws -> [String: Any] {
    let report = try SampleReports.report(SampleReports.branches(), fast: fast, slow: slow)
    let text = try PlanJSONRenderer().render([report])
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let model = try #require((document?["models"] as? [[String: Any]])?.first)
    return try #require(model["regions"] as? [String: Any])
  }

  @Test func keysAreAnInterface() throws {
    let regions = try regions(fast: 1344, slow: 2048)
    #expect(regions.keys.sorted() == ["fits", "proved", "regions", "scratch", "tensors", "trafficBytes"])
    #expect(regions["fits"] as? Bool == true)
    let rows = try #require(regions["regions"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["fast", "slow"])
    #expect(rows[0].keys.sorted() == ["capacityBytes", "name", "tensors", "trafficBytes", "usedBytes"])
    let tensors = try #require(regions["tensors"] as? [[String: Any]])
    #expect(
      tensors.first?.keys.sorted() == [
        "bytes", "graph", "name", "offset", "region", "tensor", "trafficBytes",
      ])
    let traffic = tensors.compactMap { $0["trafficBytes"] as? Int }.reduce(0, +)
    #expect(regions["trafficBytes"] as? Int == traffic)
  }

  @Test func shortagesAreNamed() throws {
    let regions = try regions(fast: 64, slow: 64)
    #expect(regions.keys.sorted() == ["fits", "regions", "shortage"])
    #expect(regions["fits"] as? Bool == false)
  }
}

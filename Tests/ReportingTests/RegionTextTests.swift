import GraphIR
import Testing

@testable import Reporting

@Suite struct RegionTextTests {
  private func text(_ model: Model, fast: Int, slow: Int) throws -> String {
    let report = try SampleReports.report(model, fast: fast, slow: slow)
    let style = TerminalStyle(isColored: false, width: 80)
    return RegionText(report: report, style: style).lines.joined(separator: "\n")
  }

  @Test func tablesShowWhatIsWhere() throws {
    let lines = try text(SampleReports.chain(2, bytes: { [32, 64, 16][$0] }), fast: 64, slow: 256)
      .split(separator: "\n")
    #expect(
      Array(lines.prefix(7)) == [
        "Memory regions, the fastest first",
        "  region  capacity  used  tensors  traffic per inference   share",
        "  fast        64 B  64 B        1                  128 B  72.7 %",
        "  slow       256 B  32 B        2                   48 B  27.3 %",
        "  proved: in this order no choice keeps more traffic in faster regions",
        "  in slower regions  region  offset  bytes  traffic   share",
        "  t0                 slow         0   32 B     32 B  18.2 %",
      ])
    #expect(lines.contains { $0.contains("TFLM takes one arena") })
  }

  @Test func longListsAreCut() throws {
    let text = try text(SampleReports.chain(40), fast: 16, slow: 1000)
    #expect(text.contains(" more with "))
    #expect(text.split(separator: "\n").count < 30)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func shortagesAreSaid() throws {
    let text = try text(SampleReports.branches(), fast: 64, slow: 64)
    #expect(text.contains("does not fit the regions: tensor 2 'left/expand' takes 1280 B"))
  }

  @Test func hostileNamesAreSanitized() throws {
    let model = SampleReports.chain(3, name: { _ in SampleReports.hostileName })
    #expect(!SampleReports.hasControls(try text(model, fast: 16, slow: 1000)))
    #expect(!SampleReports.hasControls(try text(model, fast: 1, slow: 1)))
  }

  @Test func withoutRegionsThereIsNoSection() throws {
    let report = try SampleReports.report(SampleReports.branches())
    #expect(RegionText(report: report, style: TerminalStyle(isColored: false)).lines.isEmpty)
  }
}

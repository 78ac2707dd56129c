import Testing

@testable import Passes
@testable import Reporting

@Suite struct OrderTableTextTests {
  private let style = TerminalStyle(isColored: false, width: 200)

  private func lines(lowerBound: Int? = nil, arena: Int? = nil, arenaBound: Int? = nil) throws -> [String] {
    let report = try SampleReports.report(SampleReports.branches())
    let plan = report.plan.changed(
      lowerBoundBytes: lowerBound, arenaBytes: arena, arenaLowerBoundBytes: arenaBound)
    return OrderTableText(report: report.changed(plan: plan), style: style).lines.suffix(2)
  }

  @Test func saysWhatIsProved() throws {
    #expect(
      try lines() == [
        "  proved: no execution order has a lower peak "
          + "(lower bound 1,408 B, 322 states searched, 0.005 s)",
        "  arena: 1,408 B (1.4 KiB) at 16-byte alignment, offsets reach the live peak",
      ])
  }

  @Test func saysHowFarTheBoundIs() throws {
    #expect(
      try lines(lowerBound: 1280)[0]
        == "  not proved: at most 10.0 % above the lower bound of 1,280 B (322 states searched, 0.005 s)")
    #expect(
      try lines(lowerBound: 0)[0].hasPrefix("  not proved: at most 1,408 B above the lower bound of 0 B"))
  }

  @Test func saysHowFarTheArenaIs() throws {
    let size = "  arena: 1,488 B (1.5 KiB) at 16-byte alignment, 80 B (5.7 %) above the live peak; "
    #expect(
      try lines(arena: 1488, arenaBound: 1488)[1] == size + "proved: no offsets for this order need less")
    #expect(try lines(arena: 1488)[1] == size + "not proved: offsets that need less may exist")
  }

  @Test func marksThePlansOrder() throws {
    let report = try SampleReports.report(SampleReports.branches(), order: .greedy)
    let lines = OrderTableText(report: report, style: style).lines
    #expect(lines.filter { $0.hasPrefix("  ▸") }.map { $0.contains("greedy") } == [true])
    #expect(lines.contains { $0.hasPrefix("  proved: no execution order has a lower peak") })
  }
}

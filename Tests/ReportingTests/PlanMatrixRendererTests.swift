import Boards
import Testing
import Workflows

@testable import Reporting

/// Models by boards: every cell says what is missing of what.
@Suite struct PlanMatrixRendererTests {
  private func row(_ limitBytes: Int? = nil) throws -> [PlanReport] {
    try [1 << 20, 64].map {
      try SampleReports.report(
        SampleReports.branches(), board: SampleReports.board($0), limitBytes: limitBytes)
    }
  }

  @Test func cellsSayWhatIsLeftAndWhatIsMissing() throws {
    let reports = try row()
    let text = PlanMatrixRenderer(style: TerminalStyle(isColored: false)).render([reports])
    let missing = try #require(reports[1].fit?.missingBytes)
    #expect(text.contains("−\(Figures.grouped(missing))"))
    #expect(text.contains(Figures.grouped(try #require(reports[0].fit?.marginBytes))))
    #expect(text.contains("1 of 1 fit") && text.contains("0 of 1 fit"))
  }

  @Test func limitsAreNotTheBoards() throws {
    let reports = try row(1)
    let excess = reports[0].requestedBytes - 1
    #expect(
      PlanMatrixRenderer(style: TerminalStyle(isColored: false)).render([reports]).contains(
        "limit −\(Figures.grouped(excess))"))
  }
}

import Testing
import Workflows

@testable import Passes
@testable import Reporting

@Suite struct PlanTableRendererTests {
  private func reports() throws -> [PlanReport] {
    let board = SampleReports.board(1024)
    return [
      try SampleReports.report(SampleReports.branches(), path: "models/a/branches.tflite", board: board),
      try SampleReports.report(SampleReports.chain(12), path: "models/b/chain.tflite", board: board),
    ]
  }

  @Test func oneRowAModelAndATotal() throws {
    let expected = """
      model              ops  stock  planned   change  proof     spare     time
      a/branches.tflite    5  2,624    1,408  −46.3 %  proved     −384  0.005 s
      b/chain.tflite      12    144      144           proved      880  0.005 s
      2 models            17  2,768    1,552  −43.9 %  2 proved  1 fit  0.010 s
      """
    let style = TerminalStyle(isColored: false, width: 100)
    #expect(PlanTableRenderer(style: style).render(try reports()) == expected)
  }

  @Test func narrowTerminalsGetNoTimes() throws {
    let style = TerminalStyle(isColored: false, width: 80)
    let lines = PlanTableRenderer(style: style).render(try reports()).split(separator: "\n")
    #expect(lines[1] == "a/branches.tflite    5  2,624    1,408  −46.3 %  proved     −384")
  }

  @Test func showsGapsAndArenasThatDiffer() throws {
    let report = try reports()[0]
    let plan = report.plan.changed(lowerBoundBytes: 1280, arenaBytes: 1488)
    let style = TerminalStyle(isColored: false, width: 100)
    let text = PlanTableRenderer(style: style).render([report.changed(plan: plan)])
    #expect(
      text == """
        model            ops  stock  planned   change  proof          spare     time
        branches.tflite    5  2,624    1,488  −43.3 %  within 16.3 %   −464  0.005 s
        """)
  }

  @Test func nothingMakesNoTable() {
    #expect(PlanTableRenderer(style: TerminalStyle(isColored: false)).render([]) == "")
  }

  @Test func hostilePathsAreShownHarmlessly() throws {
    let report = try SampleReports.report(SampleReports.chain(1), path: SampleReports.hostileName)
    let text = PlanTableRenderer(style: TerminalStyle(isColored: false)).render([report, report])
    #expect(!SampleReports.hasControls(text))
  }
}

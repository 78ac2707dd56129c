import Boards
import Testing
import Workflows

@testable import Reporting

/// Tables for gates: of one plan that fits, one that does not, and a file that is none.
@Suite struct PlanSheetTests {
  private func sheet() throws -> PlanSheet {
    let large = try SampleReports.report(SampleReports.branches(), board: SampleReports.board(1 << 20))
    let small = try SampleReports.report(SampleReports.branches(), board: SampleReports.board(64))
    return PlanSheet(
      [large, small], failures: [PlanFailure(path: "a,\"b\".tflite", message: "no <model> & more")])
  }

  @Test func namesAreNoFormulas() {
    for text in ["=1+1", "-o.tflite", "+x", "@sum"] { #expect(SheetText.csvField(text) == "'\(text)") }
    #expect(SheetText.csvField("=a,b") == "\"'=a,b\"")
    for text in ["-5", "1e3", "", "a=b", "−4"] { #expect(SheetText.csvField(text) == text) }
  }

  @Test func noNameLeavesItsCell() throws {
    let sheet = PlanSheet([], failures: [PlanFailure(path: "a\\|b<i>`.tflite", message: "no | model")])
    #expect(sheet.markdown.contains("| a\\\\\\|b\\<i\\>\\`.tflite |"))
  }

  @Test func verdictsNameWhatIsMissing() throws {
    let verdicts = try sheet().reports.map(Verdict.init)
    #expect(verdicts.map(\.outcome) == [.fits, .doesNotFit])
    #expect(verdicts[1].reason.hasPrefix("missing "))
    #expect(verdicts.map(\.isFailure) == [false, true])
    #expect(Verdict(try SampleReports.report(SampleReports.branches())).outcome == .planned)
  }

  @Test func commasAndQuotesAreQuoted() throws {
    let lines = try sheet().csv.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("model,board,operators,"))
    #expect(lines[3].hasPrefix("\"a,\"\"b\"\".tflite\",,,,,,,failed,"))
  }

  @Test func failuresAndErrorsAreCounted() throws {
    let text = try sheet().junit
    #expect(text.contains("tests=\"3\" failures=\"1\" errors=\"1\""))
    #expect(text.contains("<error message=\"no &lt;model&gt; &amp; more\"/>"))
    #expect(text.hasSuffix("</testsuite>"))
  }

  /// Models that fit alone may not fit together: the gate's file says so.
  @Test func oneArenaForAllHasARowOfItsOwn() throws {
    let shared = SharedArena(headBytes: 1 << 20, tailBytes: 100, modelCount: 2)
    let alone = shared.arenaBytes
    for (limit, failures) in [(alone, 0), (alone - 1, 1)] {
      let reports = try [1, 2].map { _ in
        try SampleReports.report(SampleReports.branches(), limitBytes: limit)
      }
      let sheet = PlanSheet(reports, failures: [], sharedArena: shared)
      #expect(sheet.junit.contains("tests=\"3\" failures=\"\(failures)\" errors=\"0\""))
      #expect(sheet.junit.contains("all models in one arena"))
      let verdict = failures == 0 ? "fits" : "does-not-fit"
      #expect(sheet.csv.contains("all models in one arena,,,,\(alone),,,\(verdict),"))
      let text = SharedArenaText(
        shared, reports[0].bounds, style: TerminalStyle(isColored: false, width: 200)
      ).text
      #expect(text.contains(failures == 0 ? "fits" : "does not fit: 1 bytes over the limit"))
    }
  }

  @Test func everyLineOfMarkdownHasAsManyColumns() throws {
    let lines = try sheet().markdown.split(separator: "\n")
    #expect(Set(lines.map { $0.count { $0 == "|" } }) == [10])
  }

  @Test func severalBoardsMakeColumns() throws {
    let rows = [try sheet().reports]
    let text = PlanMatrixRenderer(style: TerminalStyle(isColored: false, width: 80)).render(rows)
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains("1 of 1 fit"))
    #expect(text.contains("0 of 1 fit"))
    #expect(text.contains("−"))
  }
}

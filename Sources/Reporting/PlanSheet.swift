import Tensors
package import Workflows

/// One row for each plan, for spreadsheets, pages and gates.
package struct PlanSheet: Sendable {
  package let reports: [PlanReport]
  package let failures: [PlanFailure]
  /// One arena for all models; nil where that was not asked.
  private let sharedArena: SharedArena?

  package init(_ reports: [PlanReport], failures: [PlanFailure], sharedArena: SharedArena? = nil) {
    self.reports = reports
    self.failures = failures
    self.sharedArena = sharedArena
  }

  private static let sharedName = "all models in one arena"

  private var sharedVerdict: (shared: SharedArena, bounds: PlanBounds, verdict: Verdict)? {
    guard let sharedArena, let bounds = reports.first?.bounds else { return nil }
    return (sharedArena, bounds, Verdict(sharedArena, bounds))
  }

  private static let heads = [
    "model", "board", "operators", "stock_bytes", "arena_bytes", "peak_bytes", "proved", "verdict", "reason",
  ]

  private var rows: [[String]] {
    reports.map { report in
      let verdict = Verdict(report)
      return [
        report.path, report.board?.id ?? "", "\(report.summary.totalOperatorCount)", "\(report.stockBytes)",
        "\(report.requestedBytes)", "\(report.plan.peakBytes)", report.plan.isProved ? "yes" : "no",
        verdict.outcome.rawValue, verdict.reason,
      ]
    } + failures.map { [$0.path, "", "", "", "", "", "", "failed", $0.message] }
      + (sharedVerdict.map { [sharedRow($0.shared, $0.bounds, $0.verdict)] } ?? [])
  }

  private func sharedRow(_ shared: SharedArena, _ bounds: PlanBounds, _ verdict: Verdict) -> [String] {
    [
      Self.sharedName, bounds.board?.id ?? "", "", "", "\(shared.arenaBytes)", "", "",
      verdict.outcome.rawValue, verdict.reason,
    ]
  }

  /// Comma-separated values with a row of names (RFC 4180).
  package var csv: String {
    ([Self.heads] + rows).map { $0.map(SheetText.csvField).joined(separator: ",") }.joined(separator: "\n")
  }

  /// A table of GitHub's Markdown.
  package var markdown: String {
    let heads = ["model", "board", "ops", "stock B", "planned B", "peak B", "proved", "verdict", "reason"]
    let lines = rows.map { row in
      row.map(SheetText.markdownCell).joined(separator: " | ")
    }
    return
      (["| \(heads.joined(separator: " | ")) |", "|---|---|--:|--:|--:|--:|---|---|---|"]
      + lines.map { "| \($0) |" }).joined(separator: "\n")
  }

  /// A test suite of JUnit's XML: a model that does not meet its bounds is a failure, one that cannot be planned an
  /// error.
  package var junit: String {
    let shared = sharedVerdict
    let failed =
      reports.count { Verdict($0).isFailure } + (shared.map { $0.verdict.isFailure ? 1 : 0 } ?? 0)
    let seconds = reports.reduce(0) { $0 + $1.seconds }
    let cases =
      reports.map { report in
        Self.testCase(
          Self.named(report.path, report.board?.id), seconds: report.seconds, Verdict(report))
      }
      + (shared.map {
        [Self.testCase(Self.named(Self.sharedName, $0.bounds.board?.id), seconds: 0, $0.verdict)]
      } ?? [])
    let errors = failures.map {
      Self.testCase($0.path, seconds: 0, "<error message=\"\(Self.escaped($0.message))\"/>")
    }
    let head =
      "<testsuite name=\"nnopt plan\" tests=\"\(cases.count + failures.count)\" failures=\"\(failed)\" "
      + "errors=\"\(failures.count)\" time=\"\(Self.decimal(seconds))\">"
    return
      (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", head] + cases + errors + ["</testsuite>"])
      .joined(separator: "\n")
  }

  private static func named(_ name: String, _ board: String?) -> String {
    board.map { "\(name) on \($0)" } ?? name
  }

  private static func testCase(_ name: String, seconds: Double, _ verdict: Verdict) -> String {
    let failure = "<failure message=\"\(escaped(verdict.reason))\" type=\"\(verdict.outcome.rawValue)\"/>"
    return testCase(name, seconds: seconds, verdict.isFailure ? failure : nil)
  }

  private static func testCase(_ name: String, seconds: Double, _ content: String?) -> String {
    let start = "  <testcase name=\"\(escaped(name))\" classname=\"nnopt.plan\" time=\"\(decimal(seconds))\""
    return content.map { "\(start)>\($0)</testcase>" } ?? "\(start)/>"
  }

  private static func escaped(_ text: String) -> String { XMLText.escaped(DisplayText.sanitized(text)) }

  private static func decimal(_ seconds: Double) -> String {
    let thousandths = Int((max(seconds, 0) * 1000).rounded())
    return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
  }
}

import Firmware
import Foundation
import Runtimes
import Testing
import Workflows

@testable import Passes
@testable import Reporting

@Suite struct OptimizeRendererTests {
  private func report(
    cost: OptimizeReport.Cost? = nil, fit: OptimizeReport.Fit? = nil, verdict: TFLMVerdict? = nil,
    isForOtherRuntimes: Bool = false, path: String = "a.tflite"
  ) -> OptimizeReport {
    let before = ModelFigures(
      fileBytes: 1_000, parameters: 200, macs: 300, peakBytes: 64, arenaBytes: 128, top1: 0.9)
    let after = ModelFigures(
      fileBytes: 500, parameters: 200, macs: 300, peakBytes: 16, arenaBytes: 96, top1: 0.89)
    var log = PassLog()
    log.refused("fold", "operator 1 (ADD)", "its result is an output")
    let records = [
      PipelineRecord(name: "clean-up", outcome: .unchanged, log: log, figures: before, seconds: 0),
      PipelineRecord(name: "quantize", outcome: .applied("int8"), log: PassLog(), figures: after, seconds: 0),
      PipelineRecord(name: "clean-up", outcome: .unchanged, log: log, figures: after, seconds: 0),
    ]
    return OptimizeReport(
      path: path, output: nil, before: before, after: after, records: records, hasLabels: true, cost: cost,
      fit: fit, verdict: verdict, isForOtherRuntimes: isForOtherRuntimes)
  }

  private func text(_ report: OptimizeReport) -> String {
    OptimizeTextRenderer(style: TerminalStyle(isColored: false, width: 100)).render(report)
  }

  @Test func everyStepIsARow() throws {
    let lines = text(report()).split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("as it is") && $0.contains("1,000 B") && $0.contains("90.00 %") })
    #expect(lines.contains { $0.hasPrefix("quantize") && $0.contains("500 B") && $0.contains("int8") })
    #expect(lines.contains { $0.hasPrefix("in all") && $0.contains("−50.0 %") && $0.contains("−1.00 pt") })
    #expect(lines.contains("dry run: nothing was written"))
  }

  @Test func aRefusalOfTwoStepsIsShownOnce() {
    #expect(text(report()).components(separatedBy: "its result is an output").count == 2)
  }

  @Test func costsAreShownBeforeAndAfter() throws {
    let report = report(
      cost: .init(board: "uno", before: .unknown(reason: "one reason"), after: .unknown(reason: "another")))
    let shown = text(report)
    #expect(shown.contains("as it is: no estimate of the time per inference on uno: one reason"))
    #expect(shown.contains("optimized: no estimate of the time per inference on uno: another"))
    let json =
      try JSONSerialization.jsonObject(
        with: Data(try OptimizeJSONRenderer().render(report).utf8)) as? [String: Any]
    let cost = json?["cost"] as? [String: Any]
    #expect(cost?["board"] as? String == "uno")
    #expect((cost?["after"] as? [String: Any])?["unknown"] as? String == "another")
  }

  @Test func aBoardIsToldWhetherTheResultFits() throws {
    let (small, large) = (SampleReports.board(95), SampleReports.board(96))
    let tight = report(fit: .init(board: small, limits: FitLimits(small)))
    #expect(
      text(tight).contains(
        "does not fit tiny (Tiny board): requested 96 bytes, available 95, missing 1"))
    #expect(!tight.isUsable && report(fit: .init(board: large, limits: FitLimits(large))).isUsable)
  }

  private func held(_ severity: TFLMFinding.Severity, isExpected: Bool = false) -> OptimizeReport {
    let warning = FirmwareWarning(
      kind: .noKernel, severity: severity, place: "here", problem: "no kernel", remedy: "do it")
    let board = SampleReports.board(96)
    return report(
      fit: .init(board: board, limits: FitLimits(board)), verdict: TFLMVerdict([warning]),
      isForOtherRuntimes: isExpected)
  }

  @Test func whatTFLMSaysOfTheResultIsSaid() throws {
    let refused = held(.refused)
    #expect(
      text(refused).contains("does not run: TFLM refuses the result") && !text(refused).contains("fits"))
    #expect(text(refused).contains("do it") && text(refused).contains("--runtime none"))
    #expect(text(held(.wrongAnswers)).contains("gives wrong answers on TFLM"))
    #expect(!refused.isUsable && !held(.wrongAnswers).isUsable && held(.warning).isUsable)
    #expect(held(.refused, isExpected: true).isUsable)
    #expect(text(held(.refused, isExpected: true)).contains("TFLM refuses the result; LiteRT may run it"))
    let json =
      try JSONSerialization.jsonObject(
        with: Data(try OptimizeJSONRenderer().render(refused).utf8)) as? [String: Any]
    #expect((json?["fit"] as? [String: Any])?["fits"] as? Bool == false)
    #expect((json?["compatibility"] as? [String: Any])?["runs"] as? Bool == false)
  }

  @Test func jsonHasTheStableKeys() throws {
    let json =
      try JSONSerialization.jsonObject(
        with: Data(try OptimizeJSONRenderer().render(report()).utf8)) as? [String: Any]
    let before = try #require(json?["before"] as? [String: Any])
    #expect(
      Set(before.keys) == ["fileBytes", "parameters", "macs", "peakBytes", "arenaBytes", "top1"])
    #expect((json?["passes"] as? [Any])?.count == 3)
  }

  @Test func hostileNamesAreSanitized() {
    #expect(!SampleReports.hasControls(text(report(path: SampleReports.hostileName))))
  }
}

import Foundation
import Testing

@testable import Passes
@testable import Reporting
@testable import Workflows

@Suite struct FitRendererTests {
  private static func figures(_ arena: Int, top1: Double = 0.9) -> ModelFigures {
    ModelFigures(fileBytes: 1_000, parameters: 1, macs: 1, peakBytes: 1, arenaBytes: arena, top1: top1)
  }

  /// A model of 3,000 bytes that becomes one of 2,000 with int8, and of 900 with half its channels.
  private func report(board bytes: Int, maximumDrop: Double = 1, path: String = "a b.tflite") -> FitReport {
    var (integers, pruned) = (Recipe(), Recipe())
    integers.quantization = Recipe.Quantization(.int8)
    pruned.quantization = integers.quantization
    pruned.pruning = .channels(percent: 50)
    let limits = FitLimits(arenaBytes: bytes, flashBytes: nil)
    let attempts = [(Recipe(), 2_500, 0.9), (integers, 2_000, 0.895), (pruned, 900, 0.8)].map {
      FitAttempt(
        $0, figures: Self.figures($1, top1: $2), shortage: limits.shortage(arenaBytes: $1, flashBytes: 1_000),
        lostPoints: 100 * (0.9 - $2))
    }
    let count = (attempts.firstIndex(where: \.isSmallEnough) ?? attempts.count - 1) + 1
    return FitReport(
      path: path, output: nil, board: SampleReports.board(bytes), limits: limits, before: Self.figures(3_000),
      attempts: Array(attempts.prefix(count)), maximumDrop: maximumDrop,
      judgement: .labels(isOnCalibration: true), commonOptions: "--board tiny", hints: ["a hint"])
  }

  private func text(_ report: FitReport) -> String {
    FitTextRenderer(style: TerminalStyle(isColored: false, width: 80)).render(report)
  }

  @Test func theStepsAndTheResultAreSaid() {
    let shown = text(report(board: 2_000))
    #expect(shown.contains("fits tiny (Tiny board): requested 2,000 bytes, available 2,000"))
    #expect(shown.contains("  nnopt optimize 'a b.tflite' -o fit.tflite --quantize int8 --board tiny"))
    #expect(shown.contains("lacks 500 B") && shown.contains("−0.50 pt"))
    #expect(shown.contains("accuracy is judged on the calibration samples"))
  }

  @Test func theNearestMissIsSaid() {
    let shown = text(report(board: 1_000))
    #expect(shown.contains("does not fit tiny (Tiny board):"))
    #expect(shown.contains("requested 2,000 bytes, available 1,000, missing 1,000"))
    #expect(shown.contains("it would fit if it might lose 10.00 points (--max-drop):"))
    #expect(shown.contains("fits, loses too much") && shown.contains("a hint"))
    #expect(shown.contains("nothing was written"))
    #expect(text(report(board: 1_000, maximumDrop: 10)).contains("fits tiny"))
  }

  @Test func aFileLargerThanTheFlashDoesNotFit() {
    var board = SampleReports.board(5_000)
    board.flashBytes = 900
    let attempt = FitAttempt(
      Recipe(), figures: Self.figures(3_000),
      shortage: FitLimits(board).shortage(arenaBytes: 3_000, flashBytes: 1_000))
    let shown = text(
      FitReport(
        path: "a.tflite", output: nil, board: board, limits: FitLimits(board), before: Self.figures(3_000),
        attempts: [attempt],
        maximumDrop: 1, judgement: .none, commonOptions: ""))
    #expect(shown.contains("does not fit tiny (Tiny board):") && !shown.contains("\nfits"))
    #expect(shown.contains("the file's 1,000 bytes are more than the flash, missing 100"))
    #expect(shown.contains("lacks 100 B of flash"))
  }

  @Test func jsonHasTheStableKeys() throws {
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(FitJSONRenderer().render(report(board: 1_000)).utf8)) as? [String: Any])
    #expect(json["fits"] as? Bool == false)
    #expect((json["attempts"] as? [Any])?.count == 3)
    let nearest = try #require(json["nearest"] as? [String: Any])
    #expect(nearest["missingArenaBytes"] as? Int == 1_000)
    #expect(nearest["options"] as? [String] == ["--quantize", "int8"])
    #expect(json["lossy"] is [String: Any])
  }

  @Test func hostileNamesAreSanitized() {
    #expect(!SampleReports.hasControls(text(report(board: 1_000, path: SampleReports.hostileName))))
  }
}

import Passes
package import Workflows

/// The JSON of `nnopt optimize --fit --json`; the names of its keys are an interface.
package struct FitJSONRenderer: Sendable {
  package init() {}

  /// - Throws: where a figure cannot be written as JSON.
  package func render(_ report: FitReport) throws -> String {
    try JSONText.encoded(
      Document(
        path: report.path, output: report.output, board: report.board.id,
        availableBytes: report.limits.arenaBytes, flashBytes: report.limits.flashBytes,
        accuracy: Self.accuracy(report.judgement), maximumDrop: report.maximumDrop,
        fits: report.fitting != nil, before: report.before,
        result: report.fitting.map { Attempt($0, report) },
        nearest: report.nearest.map { Attempt($0, report) },
        lossy: report.lossy.map { Attempt($0, report) },
        attempts: report.attempts.map { Attempt($0, report) }, hints: report.hints), as: "nnopt-fit-1")
  }

  private static func accuracy(_ judgement: FitReport.Judgement) -> String? {
    switch judgement {
    case .none: nil
    case .agreement: "agreement"
    case .labels: "top1"
    }
  }

  private struct Document: Encodable {
    let path: String
    let output: String?
    let board: String
    let availableBytes: Int
    let flashBytes: Int?
    let accuracy: String?
    let maximumDrop: Double
    let fits: Bool
    let before: ModelFigures
    let result: Attempt?
    let nearest: Attempt?
    let lossy: Attempt?
    let attempts: [Attempt]
    let hints: [String]
  }

  private struct Attempt: Encodable {
    let options: [String]
    let command: String
    let figures: ModelFigures?
    let missingArenaBytes: Int?
    let missingFlashBytes: Int?
    let lostPoints: Double?
    let softening: String?
    let refusal: String?
    let needsTflm: String?
    let failure: String?

    init(_ attempt: FitAttempt, _ report: FitReport) {
      options = attempt.options
      command = report.command(attempt)
      figures = attempt.figures
      missingArenaBytes = attempt.shortage?.arenaBytes
      missingFlashBytes = attempt.shortage?.flashBytes
      lostPoints = attempt.lostPoints
      softening = attempt.softening
      refusal = attempt.refusal
      needsTflm = attempt.neededRelease
      failure = attempt.failure
    }
  }
}

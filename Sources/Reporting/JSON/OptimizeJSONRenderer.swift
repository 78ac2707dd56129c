import Boards
import Passes
package import Workflows

/// The JSON of `nnopt optimize --json`; the names of its keys are an interface.
package struct OptimizeJSONRenderer: Sendable {
  package init() {}

  /// - Throws: where a figure cannot be written as JSON.
  package func render(_ report: OptimizeReport) throws -> String {
    try JSONText.encoded(
      Document(
        path: report.path, output: report.output, accuracy: report.hasLabels ? "top1" : "agreement",
        before: report.before, after: report.after, deflatedBytes: report.deflatedBytes,
        cost: report.cost.map(Cost.init), fit: report.fit.map { Fit($0, report) },
        compatibility: report.verdict.map(CompatibilityDocument.init),
        needsTflm: report.neededRelease,
        passes: report.records.map(Record.init),
        timings: Timings(passSeconds: report.records.map(\.seconds))), as: "nnopt-optimize-1")
  }

  private struct Document: Encodable {
    let path: String
    let output: String?
    let accuracy: String
    let before: ModelFigures
    let after: ModelFigures
    let deflatedBytes: Int?
    let cost: Cost?
    let fit: Fit?
    /// What TFLM says of the result; absent with `--runtime none`.
    let compatibility: CompatibilityDocument?
    let needsTflm: String?
    let passes: [Record]
    let timings: Timings
  }

  /// What differs from run to run.
  private struct Timings: Encodable {
    /// Wall-clock seconds of each of `passes`.
    let passSeconds: [Double]
  }

  private struct Cost: Encodable {
    let board: String
    let before: CostDocument
    let after: CostDocument

    init(_ cost: OptimizeReport.Cost) {
      board = cost.board
      before = CostDocument(cost.before)
      after = CostDocument(cost.after)
    }
  }

  private struct Fit: Encodable {
    let board: String
    let fits: Bool
    let requestedBytes: Int
    let availableBytes: Int
    let missingBytes: Int
    let missingFlashBytes: Int
    let refusal: String?

    init(_ fit: OptimizeReport.Fit, _ report: OptimizeReport) {
      let bytes = fit.limits.fit(arenaBytes: report.after.arenaBytes)
      board = fit.board.id
      missingFlashBytes = fit.limits.shortage(of: report.after).flashBytes
      fits = report.isUsable
      requestedBytes = bytes.requestedBytes
      availableBytes = bytes.availableBytes
      missingBytes = bytes.missingBytes
      refusal = report.verdict?.obstacle?.description
    }
  }

  private struct Record: Encodable {
    let name: String
    let outcome: String
    let setting: String?
    let tried: [Attempt]
    let reason: String?
    let edits: [Entry]
    let refusals: [Entry]
    let figures: ModelFigures

    init(_ record: PipelineRecord) {
      name = record.name
      (outcome, setting, tried, reason) =
        switch record.outcome {
        case .applied(let label): ("applied", label, [], nil)
        case .softened(let label, let tried): ("softened", label, tried.map(Attempt.init), nil)
        case .rolledBack(let tried): ("rolledBack", nil, tried.map(Attempt.init), nil)
        case .refused(let reason): ("refused", nil, [], reason)
        case .unchanged: ("unchanged", nil, [], nil)
        }
      edits = record.log.edits.map(Entry.init)
      refusals = record.log.refusals.map(Entry.init)
      figures = record.figures
    }
  }

  private struct Attempt: Encodable {
    let setting: String
    let top1: Double

    init(_ attempt: PipelineRecord.Attempt) {
      setting = attempt.label
      top1 = attempt.top1
    }
  }

  private struct Entry: Encodable {
    let rule: String
    let place: String
    let sentence: String

    init(_ entry: PassLog.Entry) {
      rule = entry.rule
      place = entry.place
      sentence = entry.sentence
    }
  }
}

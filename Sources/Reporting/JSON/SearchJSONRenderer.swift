import Passes
package import Workflows

/// The JSON of `nnopt optimize --search --json`; the names of its keys are an interface.
package struct SearchJSONRenderer: Sendable {
  package init() {}

  /// - Throws: where a figure cannot be written as JSON.
  package func render(_ report: SearchReport) throws -> String {
    try JSONText.encoded(
      Document(
        path: report.path, output: report.output, accuracy: report.hasLabels ? "top1" : "agreement",
        samples: report.sampleCount, board: report.board, seed: report.seed, budget: report.budget,
        maximumDrop: report.maximumDrop, preferred: report.preferred.rawValue,
        before: Candidate(report.before), front: report.front.map { Candidate($0, report) },
        best: Best(
          size: report.best(.size).map { Candidate($0, report) },
          arena: report.best(.arena).map { Candidate($0, report) },
          accuracy: report.best(.accuracy).map { Candidate($0, report) },
          speed: report.best(.speed).map { Candidate($0, report) }),
        measured: report.state.entries.compactMap { entry in
          entry.figures.map { Candidate(SearchState.Contender(entry.candidate, $0), report) }
        },
        refused: report.state.entries.compactMap { entry in
          entry.refusal.map { Refusal(options: entry.candidate.options, reason: $0) }
        }), as: "nnopt-search-1")
  }

  private struct Document: Encodable {
    let path: String
    let output: String?
    let accuracy: String
    let samples: Int
    let board: String?
    let seed: UInt64
    let budget: Int
    let maximumDrop: Double
    let preferred: String
    let before: Candidate
    let front: [Candidate]
    let best: Best
    let measured: [Candidate]
    let refused: [Refusal]
  }

  private struct Best: Encodable {
    let size: Candidate?
    let arena: Candidate?
    let accuracy: Candidate?
    let speed: Candidate?
  }

  private struct Refusal: Encodable {
    let options: [String]
    let reason: String
  }

  private struct Candidate: Encodable {
    /// Absent for the model as it came.
    let options: [String]?
    let command: String?
    let fileBytes: Int
    let parameters: Int
    let macs: Int
    let peakBytes: Int
    let arenaBytes: Int
    let top1: Double?
    let milliseconds: Double?
    /// Why TFLM cannot run it.
    let refusal: String?

    init(_ contender: SearchState.Contender, _ report: SearchReport) {
      self.init(
        contender.figures, options: contender.candidate.options,
        command: report.command(contender.candidate))
    }

    init(_ figures: SearchFigures, options: [String]? = nil, command: String? = nil) {
      self.options = options
      self.command = command
      fileBytes = figures.model.fileBytes
      parameters = figures.model.parameters
      macs = figures.model.macs
      peakBytes = figures.model.peakBytes
      arenaBytes = figures.model.arenaBytes
      top1 = figures.model.top1
      milliseconds = figures.milliseconds
      refusal = figures.refusal
    }
  }
}

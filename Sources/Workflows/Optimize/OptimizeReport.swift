package import Boards
package import Firmware
package import Passes
package import Runtimes

/// Everything that `nnopt optimize` says; renderers only format it.
package struct OptimizeReport: Sendable {
  package let path: String
  /// Where the optimized model was written; nil for a dry run.
  package let output: String?
  package let before: ModelFigures
  package let after: ModelFigures
  package let records: [PipelineRecord]
  /// What the accuracy is: of the true classes, or agreement with the original.
  package let hasLabels: Bool
  /// Bytes of the optimized file behind deflate, where weights were pruned without being removed.
  package let deflatedBytes: Int?
  /// What an inference is likely to cost before and after; nil without a board.
  package let cost: Cost?
  /// The board that the result is to fit; nil without one.
  package let fit: Fit?
  /// What TFLM says of the result; nil where another runtime is meant.
  package let verdict: TFLMVerdict?
  /// Whether a result that TFLM refuses is no failure: its format was asked for, and is that of other runtimes.
  package let isForOtherRuntimes: Bool
  /// The month of the first TFLM that runs the result, where the original runs on older ones; else nil.
  package let neededRelease: String?

  /// One board, and what it has for the result.
  package struct Fit: Sendable {
    package let board: Board
    package let limits: FitLimits

    package init(board: Board, limits: FitLimits) {
      self.board = board
      self.limits = limits
    }
  }

  /// Estimates for one board.
  package struct Cost: Sendable {
    package let board: String
    package let before: CostVerdict
    package let after: CostVerdict

    package init(board: String, before: CostVerdict, after: CostVerdict) {
      self.board = board
      self.before = before
      self.after = after
    }
  }

  package init(
    path: String, output: String?, before: ModelFigures, after: ModelFigures, records: [PipelineRecord],
    hasLabels: Bool, deflatedBytes: Int? = nil, cost: Cost? = nil, fit: Fit? = nil,
    verdict: TFLMVerdict? = nil, isForOtherRuntimes: Bool = false, neededRelease: String? = nil
  ) {
    self.verdict = verdict
    self.isForOtherRuntimes = isForOtherRuntimes
    self.neededRelease = neededRelease
    self.path = path
    self.output = output
    self.before = before
    self.after = after
    self.records = records
    self.hasLabels = hasLabels
    self.deflatedBytes = deflatedBytes
    self.cost = cost
    self.fit = fit
  }

  /// Whether the board and TFLM take the result, as far as they are asked.
  package var isUsable: Bool {
    (isForOtherRuntimes || verdict?.isRight != false) && (fit?.limits.shortage(of: after).isNone ?? true)
  }
}

package import Boards
import Files
package import Passes

/// Everything that `nnopt optimize --fit` says; renderers only format it.
package struct FitReport: Sendable {
  package let path: String
  /// Where the model was written that fits; nil where none does, or for a dry run.
  package let output: String?
  package let board: Board
  package let limits: FitLimits
  package let before: ModelFigures
  package let attempts: [FitAttempt]
  /// Points of accuracy that may be lost.
  package let maximumDrop: Double
  package let judgement: Judgement
  /// What every command needs besides a recipe's options, in shell quotes.
  package let commonOptions: String
  /// What a command needs besides, where a step was softened: data, labels and the limit.
  package let judgingOptions: String
  /// What a user could give to let more be tried, as sentences without a full stop.
  package let hints: [String]

  /// What accuracy is.
  package enum Judgement: Sendable, Equatable {
    case none
    /// Agreement with the original, without labels.
    case agreement(isOnCalibration: Bool)
    case labels(isOnCalibration: Bool)
  }

  package init(
    path: String, output: String?, board: Board, limits: FitLimits, before: ModelFigures,
    attempts: [FitAttempt],
    maximumDrop: Double, judgement: Judgement, commonOptions: String, judgingOptions: String = "",
    hints: [String] = []
  ) {
    self.path = path
    self.output = output
    self.board = board
    self.limits = limits
    self.before = before
    self.attempts = attempts
    self.maximumDrop = maximumDrop
    self.judgement = judgement
    self.commonOptions = commonOptions
    self.judgingOptions = judgingOptions
    self.hints = hints
  }

  /// The attempt that fits within the limits.
  package var fitting: FitAttempt? {
    attempts.first { $0.isSmallEnough && $0.isAccurate(within: maximumDrop) }
  }

  /// An attempt that would fit, if more accuracy might be lost.
  package var lossy: FitAttempt? {
    fitting == nil ? attempts.first { $0.isSmallEnough } : nil
  }

  /// The accurate attempt that the least is missing for; nil where one fits.
  package var nearest: FitAttempt? {
    guard fitting == nil else { return nil }
    return attempts.filter { $0.shortage != nil && $0.isAccurate(within: maximumDrop) }
      .min { left, right in
        let ranks = [left, right].map { [$0.refusal == nil ? 0 : 1, $0.shortage?.sum ?? 0] }
        return ranks[0].lexicographicallyPrecedes(ranks[1])
      }
  }

  /// The command that makes an attempt's file again.
  package func command(_ attempt: FitAttempt) -> String {
    let parts = [
      "nnopt optimize", ShellWords.quoted(path), "-o", ShellWords.quoted(output ?? "fit.tflite"),
    ]
    let judging = attempt.softening == nil ? "" : judgingOptions
    return (parts + [attempt.options.joined(separator: " "), commonOptions, judging])
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The command that makes a model fit a board.
  package static func command(path: String, board: String) -> String {
    "nnopt optimize \(ShellWords.quoted(path)) -o fit.tflite --fit --board \(ShellWords.quoted(board))"
  }
}

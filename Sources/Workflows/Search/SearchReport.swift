import Files
import Passes

/// Everything that `nnopt optimize --search` says; renderers only format it.
package struct SearchReport: Sendable {
  package let path: String
  /// Where the preferred model was written; nil for a dry run.
  package let output: String?
  /// What the accuracy is: of the true classes, or agreement with the original.
  package let hasLabels: Bool
  /// How many samples the accuracy is of.
  package let sampleCount: Int
  /// What the times are estimated for; nil without a board, or where nothing is known of it.
  package let board: String?
  /// The board that the written model is to fit; nil without one.
  package let fit: OptimizeReport.Fit?
  package let seed: UInt64
  package let budget: Int
  /// Points of accuracy that the smallest and the fastest may lose.
  package let maximumDrop: Double
  /// What the written model is the best at.
  package let preferred: SearchGoal
  package let state: SearchState
  /// What every command needs besides a candidate's options, in shell quotes.
  package let commonOptions: String

  package init(
    path: String, output: String?, hasLabels: Bool, sampleCount: Int, board: String?, seed: UInt64,
    budget: Int, maximumDrop: Double, preferred: SearchGoal, state: SearchState, commonOptions: String,
    fit: OptimizeReport.Fit? = nil
  ) {
    self.fit = fit
    self.path = path
    self.output = output
    self.hasLabels = hasLabels
    self.sampleCount = sampleCount
    self.board = board
    self.seed = seed
    self.budget = budget
    self.maximumDrop = maximumDrop
    self.preferred = preferred
    self.state = state
    self.commonOptions = commonOptions
  }

  package var before: SearchFigures { state.before }

  package var front: [SearchState.Contender] { state.front.members }

  /// The best candidate for a goal; for size and speed, of those that lose at most `maximumDrop`.
  package func best(_ goal: SearchGoal) -> SearchState.Contender? {
    state.best(goal, within: maximumDrop)
  }

  /// Whether the board takes the model that is written, where there are both.
  package var isUsable: Bool {
    guard let fit, let best = best(preferred) else { return true }
    return fit.limits.shortage(of: best.figures.model).isNone
  }

  /// The command that makes the same file as the search.
  package func command(_ candidate: SearchCandidate) -> String {
    let parts = ["nnopt optimize", ShellWords.quoted(path), "-o", ShellWords.quoted(output ?? "out.tflite")]
    return (parts + [candidate.key, commonOptions]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What the file of a member of the front is called in the folder of `--front`, by its index.
  package static func fileName(_ index: Int) -> String { "front-\(index < 9 ? "0" : "")\(index + 1).tflite" }
}

import GraphIR
import Passes
import Planning

/// What goes with channels that hold one number in every run, or that nobody reads.
package struct ChannelAdvice: Sendable, Equatable {
  /// Multiply-accumulates of one inference, as they are and without those channels.
  package let multiplyAccumulates: Change
  /// Bytes of all distinct constants, as they are and without those channels.
  package let constantBytes: Change

  package struct Change: Sendable, Equatable {
    package let before: Int
    package let after: Int
  }

  /// - Returns: nil where no channel can go.
  init?(_ model: Model, _ summary: ModelSummary) {
    // What `optimize` does not take either.
    guard StripeLoops(model) == nil else { return nil }
    var changed = model
    var log = PassLog()
    guard let result = try? ConstantChannels().run(on: &changed, log: &log), result == .changed else {
      return nil
    }
    let smaller = ModelSummary(changed)
    multiplyAccumulates = Change(before: summary.multiplyAccumulates, after: smaller.multiplyAccumulates)
    constantBytes = Change(before: summary.constantBytes, after: smaller.constantBytes)
  }
}

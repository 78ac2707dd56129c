package import GraphIR
package import Planning

/// What stripes do for a model.
package struct StripeOutcome: Sendable {
  /// The model without stripes.
  package let whole: PlannedModel
  /// nil where no stripes make the arena smaller.
  package internal(set) var best: StripedModel?
  /// All choices that were planned, by falling extra work.
  package internal(set) var tried: [Point] = []
  /// Why there are no stripes, as a clause.
  package internal(set) var reason: String?
  /// Multiply-accumulates of the model; 0 where nothing was looked for.
  package internal(set) var work = 0

  package struct Point: Sendable, Equatable {
    package let arenaBytes: Int
    package let headBytes: Int
    package let extraWork: Int
    package let runCount: Int
  }

  init(whole: PlannedModel) { self.whole = whole }

  /// Gives the stripes up.
  mutating func drop(because reason: String) {
    best = nil
    self.reason = reason
  }
}

extension StripeOutcome.Point {
  init(_ striped: StripedModel) {
    self.init(
      arenaBytes: striped.planned.charge.arenaBytes, headBytes: striped.planned.charge.headBytes,
      extraWork: striped.extraWork, runCount: striped.runs.count)
  }
}

/// A model with loops over stripes, and its plan.
package struct StripedModel: Sendable {
  /// The model before its plan is written down.
  package let model: Model
  package let planned: PlannedModel
  package let runs: [Run]
  /// Layers whose channels are computed in parts, one after the other.
  package let splits: [Split]
  /// Multiply-accumulates of the model as it came, and what the loops add.
  package let work: Int
  package let extraWork: Int

  /// Layers whose channels do not mix.
  package struct Split: Sendable, Equatable {
    package let first: String
    package let last: String
    package let parts: Int
  }

  /// A run of layers that became a loop.
  package struct Run: Sendable, Equatable {
    /// The first operator and the last, such as `operator 2 (CONV_2D)`, by the numbers that they had.
    package let first: String
    package let last: String
    package let operatorCount: Int
    package let rowsPerTurn: Int
    package let turns: Int
    package let extraWork: Int
    package let estimatedBytes: Int
    /// Maps of which rows are kept from turn to turn.
    package let keptMaps: Int
    package let isResultOnSource: Bool
    /// Whether images are cut into columns, not rows.
    package let isByColumns: Bool
    /// What stands in the way of a longer run behind it, as a clause.
    package let end: String
  }
}

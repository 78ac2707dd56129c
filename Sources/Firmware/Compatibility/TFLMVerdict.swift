package import Boards
package import GraphIR
package import Runtimes

/// Whether TFLM runs a model on a target, and whether its answers are the model's: the one judge that planning,
/// optimization, search and export ask.
package struct TFLMVerdict: Sendable, Equatable {
  /// All that TFLM refuses, gets wrong, or that deserves a look.
  package let warnings: [FirmwareWarning]

  package init(_ warnings: [FirmwareWarning]) { self.warnings = warnings }

  /// - Parameters:
  ///   - target: the build that is to run the model.
  ///   - processor: the board's; nil where none is chosen.
  ///   - unknownOperators: operators whose allocations the arena's figure leaves out.
  package init(
    _ model: Model, on target: TFLMTarget, processor: Processor? = nil,
    unknownOperators: [String] = []
  ) {
    warnings =
      CompatibilityCheck.warnings(for: model, target: target, unknownOperators: unknownOperators)
      + NPUWarnings.warnings(for: model, processor: processor)
      + VersionWarnings.warnings(for: model)
  }

  /// What keeps the model from running rightly, a refusal before wrong answers; nil where nothing does.
  package var obstacle: FirmwareWarning? {
    warnings.first(where: \.isRefusal) ?? warnings.first { $0.severity != .warning }
  }

  /// Whether TFLM runs the model at all.
  package var runs: Bool { !warnings.contains(where: \.isRefusal) }

  /// Whether TFLM runs the model, and its answers are the model's.
  package var isRight: Bool { obstacle == nil }
}

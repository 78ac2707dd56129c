package import Passes

/// What a candidate costs and how good it is.
package struct SearchFigures: Sendable, Equatable, Codable {
  package let model: ModelFigures
  /// The likeliest time of one inference; nil where no board is given, or none is known for it.
  package let milliseconds: Double?
  /// Why TFLM cannot run the model, as a clause; nil where it can, or none is planned for.
  package let refusal: String?

  package init(_ model: ModelFigures, milliseconds: Double? = nil, refusal: String? = nil) {
    self.model = model
    self.milliseconds = milliseconds
    self.refusal = refusal
  }

  /// Milliseconds where they are known, else multiply-accumulates.
  var work: Double { milliseconds ?? Double(model.macs) }

  /// The share of right answers; −1 where it is not known.
  var accuracy: Double { model.top1 ?? -1 }

  var isPlausible: Bool {
    [model.fileBytes, model.parameters, model.macs, model.peakBytes, model.arenaBytes].allSatisfy { $0 >= 0 }
      && (model.top1.map { (0...1).contains($0) } ?? true)
      && (milliseconds.map { $0.isFinite && $0 >= 0 } ?? true)
  }
}

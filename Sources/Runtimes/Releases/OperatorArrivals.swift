package import GraphIR

/// When TFLM got kernels that firmware of today may lack.
///
/// Months of the commits that brought the kernels' files (tflite-micro's history), for those since 2025.
package enum OperatorArrivals {
  /// The month, such as `2025-11`; nil for an operator that TFLM has had for longer.
  package static func month(of code: OperatorCode) -> String? {
    let name: TFLMOperator.Code =
      code.builtin == .custom ? .custom(code.name) : .builtin(code.builtin)
    return months[name]
  }

  /// The month of the first TFLM that has all of a model's kernels; nil for any.
  package static func month(in model: Model) -> String? {
    model.graphs.flatMap(\.nodes).compactMap { month(of: $0.code) }.max()
  }

  /// The operators of a model that need a TFLM as new as `month(in:)` says, by name in rising order.
  package static func latest(in model: Model) -> [String] {
    guard let month = month(in: model) else { return [] }
    let codes = model.graphs.flatMap(\.nodes).map(\.code).filter { self.month(of: $0) == month }
    return Set(codes.map(\.name)).sorted()
  }

  private static let months: [TFLMOperator.Code: String] = [
    .builtin(.reverseV2): "2025-07", .custom("TFLM_DECODE"): "2025-10",
    .builtin(.dynamicUpdateSlice): "2025-11",
  ]
}

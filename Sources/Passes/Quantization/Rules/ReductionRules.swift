import GraphIR
import Tensors

/// Reductions: MEAN and SUM rescale, extremes keep the stored numbers, and positions need no scale.
enum ReductionRules {
  static let all: [QuantizationRule] = [
    QuantizationRule(builtin: .mean, types: [.int8, .int16]),
    QuantizationRule(builtin: .sum, types: [.int8, .int16]),
    QuantizationRule(builtin: .reduceMax, types: [.int8, .int16], sharing: .passage),
    QuantizationRule(builtin: .reduceMin, types: [.int8, .int16], sharing: .passage),
    QuantizationRule(builtin: .argMax),
    QuantizationRule(builtin: .argMin),
  ]
}

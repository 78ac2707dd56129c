import GraphIR
import Tensors

/// Element by element: arithmetic rescales its operands, comparisons and choices need one scale or none.
///
/// SQRT, SIN, COS, NEG, SQUARE, FLOOR, POW and the like have no integer kernel in TFLM. ADD_N and CUMSUM of int8
/// start their sums at a stored 0 instead of a real one, so they stay float.
enum ElementwiseRules {
  static let all: [QuantizationRule] = [
    QuantizationRule(builtin: .add, types: [.int8, .int16], refusal: unknownActivation),
    QuantizationRule(builtin: .sub, types: [.int8, .int16], refusal: unknownActivation),
    QuantizationRule(builtin: .mul, types: [.int8, .int16], refusal: unknownActivation),
    QuantizationRule(builtin: .squaredDifference, types: [.int8, .int16]),
    QuantizationRule(builtin: .abs, types: [.int8, .int16]),
    QuantizationRule(builtin: .maximum, types: [.int8, .int16], sharing: .all),
    QuantizationRule(builtin: .minimum, types: [.int8, .int16], sharing: .all),
    QuantizationRule(builtin: .select, types: [.int8, .int16], sharing: .all),
    QuantizationRule(builtin: .selectV2, types: [.int8, .int16], sharing: .all),
    QuantizationRule(builtin: .equal, sharing: .inputs),
    QuantizationRule(builtin: .notEqual, sharing: .inputs),
    QuantizationRule(builtin: .less, sharing: .inputs),
    QuantizationRule(builtin: .lessEqual, sharing: .inputs),
    QuantizationRule(builtin: .greater, sharing: .inputs),
    QuantizationRule(builtin: .greaterEqual, sharing: .inputs),
  ]

  private static let unknownActivation: @Sendable (Node, Graph) -> String? = { node, _ in
    let activation = node.attributes.integer("fused_activation_function")
    return (0...3).contains(activation) ? nil : "no kernel applies its fused activation \(activation)"
  }
}

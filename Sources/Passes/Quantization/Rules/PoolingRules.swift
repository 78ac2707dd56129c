import GraphIR
import Tensors

/// Pools average or compare stored numbers as they are.
enum PoolingRules {
  static let all: [QuantizationRule] = [
    QuantizationRule(builtin: .averagePool2D, types: [.int8, .int16], sharing: .passage),
    QuantizationRule(builtin: .maxPool2D, types: [.int8, .int16], sharing: .passage),
  ]
}

import GraphIR
import Tensors

/// Functions of one tensor, several of them with results of a scale that the kernel fixes.
enum ActivationRules {
  static let all: [QuantizationRule] = [
    QuantizationRule(builtin: .softmax, types: [.int8, .int16], fixedOutput: .unit),
    QuantizationRule(
      builtin: .logistic, types: [.int8, .int16], fixedOutput: .unit, saturation: -8...8),
    QuantizationRule(
      builtin: .tanh, types: [.int8, .int16], fixedOutput: .signedUnit, saturation: -4...4),
    QuantizationRule(builtin: .logSoftmax, fixedOutput: .logarithm),
    QuantizationRule(builtin: .l2Normalization, fixedOutput: .signedUnit),
    QuantizationRule(builtin: .relu, types: [.int8, .int16], saturation: 0...Float.greatestFiniteMagnitude),
    QuantizationRule(builtin: .relu6, types: [.int8, .int16], sharing: .passage, saturation: 0...6),
    QuantizationRule(builtin: .leakyRelu, types: [.int8, .int16]),
    QuantizationRule(builtin: .prelu),
    QuantizationRule(builtin: .hardSwish),
    QuantizationRule(builtin: .elu),
  ]
}

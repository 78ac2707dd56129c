import GraphIR

/// Operators of which every result grows or falls steadily with each element of each operand, rounding counted, so that
/// its range over a box of operands is that over the box's corners.
enum MonotoneOperators {
  private static let operators: Set<BuiltinOperator> = [
    .add, .addN, .sub, .mul, .maximum, .minimum, .relu, .relu6, .reluN1To1, .relu0To1, .logistic, .tanh,
    .quantize,
    .dequantize, .averagePool2D, .maxPool2D, .mean, .sum, .reduceMax, .reduceMin, .pad, .padv2,
    .concatenation,
    .resizeNearestNeighbor, .resizeBilinear,
  ]

  static func contains(_ node: Node) -> Bool {
    operators.contains(node.code.builtin) || node.passFacts?.channels.isReshaping ?? false
  }
}

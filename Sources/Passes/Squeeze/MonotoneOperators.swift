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

  private static let windowed: Set<BuiltinOperator> = [
    .averagePool2D, .maxPool2D, .l2Pool2D, .resizeNearestNeighbor, .resizeBilinear,
  ]

  /// Whether a position of the result depends on the same position of the operands alone.
  static func isPointwise(_ node: Node) -> Bool {
    switch node.passFacts?.channels {
    case .broadcast: true
    case .each: !windowed.contains(node.code.builtin)
    default: false
    }
  }
}

/// How many operands and results an operator has, by TensorFlow Lite's definition.
package struct OperatorArity: Sendable, Equatable {
  package let inputs: ClosedRange<Int>
  package let outputs: ClosedRange<Int>

  /// The arity of an operator, or nil where any number may be right.
  package init?(of builtin: BuiltinOperator) {
    guard let (inputs, outputs) = Self.counts(builtin) else { return nil }
    self.inputs = inputs
    self.outputs = outputs
  }

  private typealias Counts = (inputs: ClosedRange<Int>, outputs: ClosedRange<Int>)

  private static func counts(_ builtin: BuiltinOperator) -> Counts? {
    switch builtin {
    case .abs, .cast, .ceil, .cos, .dequantize, .elu, .exp, .floor, .gelu, .hardSwish, .l2Normalization,
      .leakyRelu, .log, .logicalNot, .logistic, .logSoftmax, .neg, .quantize, .rank, .relu, .relu0To1,
      .relu6, .reluN1To1, .round, .rsqrt, .shape, .sign, .sin, .softmax, .sqrt, .square, .squeeze, .tanh,
      .zerosLike, .averagePool2D, .maxPool2D, .l2Pool2D, .depthToSpace, .spaceToDepth, .densify:
      (1...1, 1...1)
    case .add, .argMax, .argMin, .batchMatMul, .broadcastArgs, .broadcastTo, .cumsum, .div, .equal,
      .expandDims, .fill, .floorDiv, .floorMod, .gather, .gatherND, .greater, .greaterEqual, .less,
      .lessEqual, .logicalAnd, .logicalOr, .maximum, .mean, .minimum, .mirrorPad, .mul, .notEqual, .pad,
      .pow, .prelu, .reduceAll, .reduceAny, .reduceMax, .reduceMin, .reduceProd, .resizeBilinear,
      .resizeNearestNeighbor, .reverseV2, .squaredDifference, .sub, .sum, .tile, .transpose:
      (2...2, 1...1)
    case .batchToSpaceND, .padv2, .scatterND, .select, .selectV2, .slice, .spaceToBatchND,
      .dynamicUpdateSlice:
      (3...3, 1...1)
    case .conv2D, .depthwiseConv2D, .fullyConnected: (2...3, 1...2)
    case .transposeConv: (3...4, 1...1)
    case .reshape: (1...2, 1...1)
    case .stridedSlice: (4...5, 1...1)
    case .addN, .concatenation, .pack: (1...Int(Int32.max), 1...1)
    case .split: (2...2, 1...Int(Int32.max))
    case .splitV: (3...3, 1...Int(Int32.max))
    case .unpack: (1...1, 0...Int(Int32.max))
    case .topkV2: (2...2, 2...2)
    case .svdf: (4...5, 1...1)
    case .unidirectionalSequenceLSTM: (20...24, 1...1)
    case .varHandle: (0...0, 1...1)
    case .readVariable: (1...1, 1...1)
    case .assignVariable: (2...2, 0...0)
    default: nil
    }
  }
}

/// How many operands and results an operator has, by TensorFlow Lite's definition.
package struct OperatorArity: Sendable, Equatable {
  package let inputs: ClosedRange<Int>
  package let outputs: ClosedRange<Int>

  /// The arity of an operator; nil where it is not stated, as for operators that nnopt does not compute.
  package init?(of builtin: BuiltinOperator) {
    guard let arity = Self.table[builtin] else { return nil }
    self = arity
  }

  private init(_ inputs: ClosedRange<Int>, _ outputs: ClosedRange<Int>) {
    self.inputs = inputs
    self.outputs = outputs
  }

  private static let anyNumber = 0...Int(Int32.max)
  private static let atLeastOne = 1...Int(Int32.max)
  private static let unary = OperatorArity(1...1, 1...1)
  private static let binary = OperatorArity(2...2, 1...1)
  private static let ternary = OperatorArity(3...3, 1...1)
  /// Any number, such as a called graph has.
  private static let any = OperatorArity(anyNumber, anyNumber)

  private static let table: [BuiltinOperator: OperatorArity] = [
    .abs: .unary, .add: .binary, .addN: OperatorArity(atLeastOne, 1...1), .argMax: .binary,
    .argMin: .binary, .assignVariable: OperatorArity(2...2, 0...0), .averagePool2D: .unary,
    .batchMatMul: .binary, .batchToSpaceND: .ternary, .broadcastArgs: .binary, .broadcastTo: .binary,
    .call: .any, .callOnce: .any, .cast: .unary, .ceil: .unary,
    .complexAbs: .unary, .concatenation: OperatorArity(atLeastOne, 1...1),
    .conv2D: OperatorArity(2...3, 1...2),
    .conv3D: OperatorArity(2...3, 1...1), .cos: .unary, .cumsum: .binary, .custom: .any, .densify: .unary,
    .depthToSpace: .unary, .depthwiseConv2D: OperatorArity(2...3, 1...2), .dequantize: .unary,
    .div: .binary, .dynamicUpdateSlice: .ternary, .elu: .unary, .embeddingLookup: .binary, .equal: .binary,
    .exp: .unary, .expandDims: .binary, .fakeQuant: .unary, .fill: .binary, .floor: .unary,
    .floorDiv: .binary,
    .floorMod: .binary, .fullyConnected: OperatorArity(2...3, 1...2), .gather: .binary, .gatherND: .binary,
    .gelu: .unary, .greater: .binary, .greaterEqual: .binary, .hardSwish: .unary, .if: .any, .imag: .unary,
    .l2Normalization: .unary, .l2Pool2D: .unary, .leakyRelu: .unary, .less: .binary, .lessEqual: .binary,
    .log: .unary, .logicalAnd: .binary, .logicalNot: .unary, .logicalOr: .binary, .logistic: .unary,
    .logSoftmax: .unary, .maximum: .binary, .maxPool2D: .unary, .mean: .binary, .minimum: .binary,
    .mirrorPad: .binary, .mul: .binary, .neg: .unary, .notEqual: .binary,
    .oneHot: OperatorArity(4...4, 1...1),
    .pack: OperatorArity(atLeastOne, 1...1), .pad: .binary, .padv2: .ternary, .pow: .binary,
    .prelu: .binary, .quantize: .unary, .rank: .unary, .readVariable: .unary, .real: .unary,
    .reduceAll: .binary,
    .reduceAny: .binary, .reduceMax: .binary, .reduceMin: .binary, .reduceProd: .binary, .relu: .unary,
    .relu0To1: .unary, .relu6: .unary, .reluN1To1: .unary, .reshape: OperatorArity(1...2, 1...1),
    .resizeBilinear: .binary, .resizeNearestNeighbor: .binary, .rfft2D: .binary, .reverseV2: .binary,
    .round: .unary,
    .rsqrt: .unary, .scatterND: .ternary, .select: .ternary, .selectV2: .ternary, .shape: .unary,
    .sign: .unary, .sin: .unary, .slice: .ternary, .softmax: .unary, .spaceToBatchND: .ternary,
    .spaceToDepth: .unary, .split: OperatorArity(2...2, atLeastOne),
    .splitV: OperatorArity(3...3, atLeastOne), .sqrt: .unary, .square: .unary, .squaredDifference: .binary,
    .squeeze: .unary, .stridedSlice: OperatorArity(4...5, 1...1), .sub: .binary, .sum: .binary,
    .svdf: OperatorArity(4...5, 1...1), .tanh: .unary, .tile: .binary, .topkV2: OperatorArity(2...2, 2...2),
    .transpose: .binary, .transposeConv: OperatorArity(3...4, 1...1),
    .unidirectionalSequenceLSTM: OperatorArity(20...24, 1...1),
    .unidirectionalSequenceRNN: OperatorArity(5...5, 1...1), .unpack: OperatorArity(1...1, anyNumber),
    .varHandle: OperatorArity(0...0, 1...1), .where: .unary, .while: .any, .zerosLike: .unary,
  ]
}

import GraphIR
import Tensors

extension KernelTypes {
  /// What the kernels take, by operator; one that is not listed takes all types that occur.
  ///
  /// The combinations with which the tflite-micro Python package of October 2026 runs single operators, and
  /// for those that were not tried, the cases of the kernel's source.
  static func rules(for code: OperatorCode) -> [KernelTypes] {
    code.builtin == .custom ? customs[code.name] ?? [] : table[code.builtin] ?? []
  }

  private static let table = [layers, movement].reduce(into: elementwise) {
    $0.merge($1) { first, _ in first }
  }

  private static let customs = ["TFLite_Detection_PostProcess": floatOnly]

  private static let floatOnly = [KernelTypes(.float32)]
  private static let floatOrInt8 = [KernelTypes(.float32, .int8)]
  private static let floatOrSmall = [KernelTypes(.float32, .int8, .int16)]
  private static let numbers = [KernelTypes(.float32, .int8, .int16, .int32)]
  private static let comparable = [KernelTypes(.float32, .int8, .int32, .int64)]
  private static let equatable = [KernelTypes(.float32, .int8, .int32, .int64, .bool)]

  private static let elementwise: [BuiltinOperator: [KernelTypes]] = [
    .abs: floatOrSmall, .add: numbers, .addN: floatOrInt8, .ceil: floatOnly, .cos: floatOnly,
    .cast: [
      KernelTypes(.float32, .int8, .int16, .int32, .uint32, .bool),
      KernelTypes(.float32, .int8, .int16, .int32, .uint32, .bool, of: .output(0)),
    ],
    .dequantize: [KernelTypes(.int8, .int16, .uint8)],
    .div: [KernelTypes(.float32, .int8, .int32)],
    .elu: floatOrInt8, .equal: equatable, .exp: floatOnly, .floor: floatOnly, .floorDiv: floatOnly,
    .floorMod: floatOnly, .greater: comparable, .greaterEqual: comparable, .hardSwish: floatOrInt8,
    .l2Normalization: floatOrInt8, .leakyRelu: floatOrSmall, .less: comparable, .lessEqual: comparable,
    .log: floatOnly, .logSoftmax: floatOrInt8, .logistic: floatOrSmall,
    .maximum: [KernelTypes(.float32, .int8, .int16, .int32, .int64)],
    .minimum: [KernelTypes(.float32, .int8, .int16, .int32, .int64)],
    .mul: numbers, .neg: floatOrInt8, .notEqual: equatable, .prelu: floatOrSmall,
    .quantize: [
      KernelTypes(
        .input(0), .output(0),
        accept: [
          [.float32, .int8], [.float32, .int16], [.int8, .int8], [.int8, .int16], [.int8, .int32],
          [.int8, .uint8], [.int16, .int8], [.int16, .int16], [.int16, .int32], [.int32, .int8],
          [.int32, .int16], [.uint8, .int8],
        ])
    ],
    .relu: floatOrSmall, .relu6: floatOrSmall, .round: floatOnly, .rsqrt: floatOrInt8,
    .selectV2: [KernelTypes(.float32, .int8, .int16, of: .input(1))],
    .sin: floatOnly,
    .softmax: [
      KernelTypes(
        .input(0), .output(0),
        accept: [[.float32, .float32], [.int8, .int8], [.int8, .int16], [.int16, .int16]])
    ],
    .sqrt: floatOnly, .square: floatOnly, .squaredDifference: numbers, .sub: numbers, .tanh: floatOrSmall,
    .zerosLike: [KernelTypes(.float32, .int8, .int32, .int64)],
  ]

  private static let layers: [BuiltinOperator: [KernelTypes]] = [
    .argMax: argument, .argMin: argument, .averagePool2D: floatOrSmall,
    .batchMatMul: [
      KernelTypes(
        .input(0), .input(1), accept: [[.float32, .float32], [.int8, .int8], [.int16, .int16]])
    ],
    .conv2D: [weighted(.input(0), .input(1))],
    .cumsum: floatOrInt8,
    .depthwiseConv2D: [weighted(.input(0), .input(1))],
    .embeddingLookup: [
      KernelTypes(
        .input(1), .output(0), accept: [[.float32, .float32], [.int8, .float32], [.int8, .int8]])
    ],
    .fullyConnected: [weighted(.input(0), .input(1))],
    .l2Pool2D: floatOnly, .maxPool2D: floatOrSmall, .mean: floatOrSmall,
    .reduceAll: [KernelTypes(.bool)],
    .reduceMax: floatOrInt8, .reduceMin: floatOrInt8, .sum: floatOrSmall,
    .svdf: [
      KernelTypes(
        .input(0), .input(1), .input(2), .input(4),
        accept: [
          [.float32, .float32, .float32, .float32], [.int8, .int8, .int16, .int16],
          [.int8, .int8, .int8, .int8],
        ])
    ],
    .transposeConv: [
      KernelTypes(.input(2), .input(1), accept: [[.float32, .float32], [.int8, .int8], [.int16, .int8]])
    ],
    .unidirectionalSequenceLSTM: [
      KernelTypes(
        .input(0), .input(2), .input(19),
        accept: [[.float32, .float32, .float32], [.int8, .int8, .int16], [.int16, .int8, .int16]])
    ],
  ]

  private static let movement: [BuiltinOperator: [KernelTypes]] = [
    .batchToSpaceND: floatOrInt8,
    .broadcastArgs: [KernelTypes(.int32, .int64)],
    .concatenation: [KernelTypes(.float32, .int8, .int16, .int32, .int64, .bool)],
    .depthToSpace: floatOrInt8, .dynamicUpdateSlice: numbers, .expandDims: floatOrSmall,
    .fill: [KernelTypes(.float32, .int8, .int32, of: .input(1))],
    .gather: gathering, .gatherND: gathering, .mirrorPad: floatOrInt8,
    .pack: [KernelTypes(.float32, .int8, .int16, .int32, .int64)],
    .pad: numbers + [KernelTypes(.int32, of: .input(1))],
    .padv2: numbers + [KernelTypes(.int32, of: .input(1))],
    .resizeBilinear: floatOrInt8, .resizeNearestNeighbor: floatOrSmall,
    .reverseV2: [KernelTypes(.float32, .int8, .uint8, .int16, .int32, .int64, .bool)],
    .slice: [KernelTypes(.float32, .int8, .int16, .int32, .bool)],
    .spaceToBatchND: floatOrInt8, .spaceToDepth: floatOrInt8,
    .split: [KernelTypes(.float32, .int8, .int16, .int32, of: .input(1))],
    .splitV: numbers,
    .stridedSlice: [KernelTypes(.float32, .int8, .int16, .int32, .bool)],
    .transpose: floatOrSmall, .unpack: numbers,
  ]

  private static let argument = [
    KernelTypes(
      .input(0), .input(1), .output(0), accept: [[.float32, .int32, .int32], [.int8, .int32, .int32]])
  ]

  private static let gathering = [
    KernelTypes(.input(0), .input(1), accept: [[.float32, .int32], [.int8, .int32]])
  ]

  /// Layers with weights: `conv_common.cc` and its like refuse all other pairs as hybrid models.
  private static func weighted(_ input: Operand, _ weights: Operand) -> KernelTypes {
    KernelTypes(
      input, weights, accept: [[.float32, .float32], [.int8, .int8], [.int8, .int4], [.int16, .int8]])
  }
}

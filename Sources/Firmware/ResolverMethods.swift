import GraphIR

/// The methods by which TFLM's `MicroMutableOpResolver` takes an operator.
///
/// Read off `micro_mutable_op_resolver.h` of August 2026.
enum ResolverMethods {
  /// The method for a builtin operator; nil where TFLM has no kernel.
  static func method(for builtin: BuiltinOperator) -> String? { builtins[builtin] }

  /// The method for a custom operator that TFLM has a kernel for; nil for those of others.
  static func method(forCustom name: String) -> String? { customs[name] }

  /// Whether the library Arduino_TensorFlowLite 2.4.0-ALPHA, of December 2023, has the method.
  static func isInArduinoLibrary(_ method: String) -> Bool { !newerThanArduinoLibrary.contains(method) }

  private static let builtins: [BuiltinOperator: String] = [
    .abs: "AddAbs", .add: "AddAdd", .addN: "AddAddN", .argMax: "AddArgMax", .argMin: "AddArgMin",
    .assignVariable: "AddAssignVariable", .averagePool2D: "AddAveragePool2D",
    .batchMatMul: "AddBatchMatMul", .batchToSpaceND: "AddBatchToSpaceNd",
    .broadcastArgs: "AddBroadcastArgs", .broadcastTo: "AddBroadcastTo", .callOnce: "AddCallOnce",
    .cast: "AddCast", .ceil: "AddCeil", .concatenation: "AddConcatenation", .conv2D: "AddConv2D",
    .cos: "AddCos", .cumsum: "AddCumSum", .depthToSpace: "AddDepthToSpace",
    .depthwiseConv2D: "AddDepthwiseConv2D", .dequantize: "AddDequantize", .div: "AddDiv",
    .dynamicUpdateSlice: "AddDynamicUpdateSlice", .elu: "AddElu", .embeddingLookup: "AddEmbeddingLookup",
    .equal: "AddEqual", .exp: "AddExp", .expandDims: "AddExpandDims", .fill: "AddFill", .floor: "AddFloor",
    .floorDiv: "AddFloorDiv", .floorMod: "AddFloorMod", .fullyConnected: "AddFullyConnected",
    .gather: "AddGather", .gatherND: "AddGatherNd", .greater: "AddGreater",
    .greaterEqual: "AddGreaterEqual", .hardSwish: "AddHardSwish", .`if`: "AddIf",
    .l2Normalization: "AddL2Normalization", .l2Pool2D: "AddL2Pool2D", .leakyRelu: "AddLeakyRelu",
    .less: "AddLess", .lessEqual: "AddLessEqual", .log: "AddLog", .logicalAnd: "AddLogicalAnd",
    .logicalNot: "AddLogicalNot", .logicalOr: "AddLogicalOr", .logistic: "AddLogistic",
    .logSoftmax: "AddLogSoftmax", .maximum: "AddMaximum", .maxPool2D: "AddMaxPool2D", .mean: "AddMean",
    .minimum: "AddMinimum", .mirrorPad: "AddMirrorPad", .mul: "AddMul", .neg: "AddNeg",
    .notEqual: "AddNotEqual", .pack: "AddPack", .pad: "AddPad", .padv2: "AddPadV2", .prelu: "AddPrelu",
    .quantize: "AddQuantize", .readVariable: "AddReadVariable", .reduceAll: "AddReduceAll",
    .reduceMax: "AddReduceMax", .reduceMin: "AddReduceMin", .relu: "AddRelu", .relu6: "AddRelu6",
    .reshape: "AddReshape", .resizeBilinear: "AddResizeBilinear",
    .resizeNearestNeighbor: "AddResizeNearestNeighbor", .reverseV2: "AddReverseV2", .round: "AddRound",
    .rsqrt: "AddRsqrt", .selectV2: "AddSelectV2", .shape: "AddShape", .sin: "AddSin", .slice: "AddSlice",
    .softmax: "AddSoftmax", .spaceToBatchND: "AddSpaceToBatchNd", .spaceToDepth: "AddSpaceToDepth",
    .split: "AddSplit", .splitV: "AddSplitV", .sqrt: "AddSqrt", .square: "AddSquare",
    .squaredDifference: "AddSquaredDifference", .squeeze: "AddSqueeze", .stridedSlice: "AddStridedSlice",
    .sub: "AddSub", .sum: "AddSum", .svdf: "AddSvdf", .tanh: "AddTanh", .transpose: "AddTranspose",
    .transposeConv: "AddTransposeConv", .unidirectionalSequenceLSTM: "AddUnidirectionalSequenceLSTM",
    .unpack: "AddUnpack", .varHandle: "AddVarHandle", .`while`: "AddWhile", .zerosLike: "AddZerosLike",
  ]

  /// By the names under which TFLM registers them.
  private static let customs: [String: String] = [
    "CIRCULAR_BUFFER": "AddCircularBuffer", "ethos-u": "AddEthosU", "SignalDelay": "AddDelay",
    "SignalEnergy": "AddEnergy", "SignalFftAutoScale": "AddFftAutoScale",
    "SignalFilterBank": "AddFilterBank", "SignalFilterBankLog": "AddFilterBankLog",
    "SignalFilterBankSpectralSubtraction": "AddFilterBankSpectralSubtraction",
    "SignalFilterBankSquareRoot": "AddFilterBankSquareRoot", "SignalFramer": "AddFramer",
    "SignalIrfft": "AddIrfft", "SignalOverlapAdd": "AddOverlapAdd", "SignalPCAN": "AddPCAN",
    "SignalRfft": "AddRfft", "SignalStacker": "AddStacker", "SignalWindow": "AddWindow",
    "TFLite_Detection_PostProcess": "AddDetectionPostprocess", "TFLM_DECODE": "AddDecode",
  ]

  private static let newerThanArduinoLibrary: Set<String> = [
    "AddBatchMatMul", "AddDecode", "AddDelay", "AddDynamicUpdateSlice", "AddEmbeddingLookup", "AddEnergy",
    "AddFftAutoScale", "AddFilterBank", "AddFilterBankLog", "AddFilterBankSpectralSubtraction",
    "AddFilterBankSquareRoot", "AddFramer", "AddIrfft", "AddOverlapAdd", "AddPCAN", "AddReduceAll",
    "AddReduceMin", "AddReverseV2", "AddRfft", "AddStacker", "AddWindow",
  ]
}

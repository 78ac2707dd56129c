package import GraphIR

extension TFLMOperator {
  /// Operators that nnopt computes and TFLM has no kernel for (as of August 2026), and what stands beside each.
  package static let absent: [BuiltinOperator: String] = [
    .complexAbs: "TFLM has no complex numbers; SignalEnergy squares magnitudes",
    .conv3D: "TFLM convolves over two dimensions",
    .densify: "TFLM reads sparse constants as if they were dense",
    .fakeQuant: "it is there to train; converters fold it into quantization",
    .gelu: "LiteRT only",
    .imag: "TFLM has no complex numbers",
    .oneHot: "LiteRT only",
    .pow: "LiteRT only",
    .rank: "LiteRT only",
    .real: "TFLM has no complex numbers",
    .reduceAny: "of the logical reductions TFLM has REDUCE_ALL",
    .reduceProd: "TFLM reduces to sums, means, maxima and minima",
    .relu0To1: "LiteRT only",
    .reluN1To1: "LiteRT only",
    .rfft2D: "of the transforms TFLM has SignalRfft, along one axis",
    .scatterND: "LiteRT only",
    .select: "TFLM has SELECT_V2",
    .sign: "LiteRT only",
    .tile: "LiteRT only; TFLM has BROADCAST_TO",
    .topkV2: "its output's size depends on data, and LiteRT only has it",
    .unidirectionalSequenceRNN: "of the recurrent layers TFLM has LSTM and SVDF",
    .where: "its output's size depends on data",
  ]

  /// Custom operators that nnopt computes and TFLM has no kernel for.
  package static let absentCustom: [String: String] = [
    "Convolution2DTransposeBias": "MediaPipe's own; TFLM has TRANSPOSE_CONV"
  ]
}

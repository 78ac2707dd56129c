import GraphIR

extension KernelProfile {
  /// Convolutions, matrix products, pools, reductions and recurrent layers.
  ///
  /// FULLY_CONNECTED's options on 64-bit hosts are derived from measured tails: the measured package is newer
  /// than the headers.
  static let layers: [BuiltinOperator: KernelProfile] = [
    .argMax: KernelProfile(parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4))),
    .argMin: KernelProfile(parameters: Parameters(StructureSize(4, 1, 4), alignment: StructureSize(4, 1, 4))),
    .averagePool2D: KernelProfile(parameters: Parameters(40), data: 32, inspected: [.input(0), .output(0)]),
    .batchMatMul: KernelProfile(parameters: Parameters(3, alignment: 1), data: StructureSize(32, 16)) {
      $0.batchMatMul()
    },
    .conv2D: KernelProfile(parameters: Parameters(28), data: StructureSize(80, 56)) { $0.convolution() },
    .cumsum: KernelProfile(parameters: Parameters(2, alignment: 1)) { $0.cumulativeSum() },
    .depthwiseConv2D: KernelProfile(parameters: Parameters(28), data: StructureSize(80, 56)) {
      $0.depthwiseConvolution()
    },
    .fullyConnected: KernelProfile(
      parameters: Parameters(StructureSize(32, 5, 16), alignment: StructureSize(8, 1, 4)),
      data: StructureSize(72, 48)
    ) { $0.fullyConnected() },
    .l2Pool2D: KernelProfile(parameters: Parameters(40)) { $0.writingDimensions(.output(0), .input(0)) },
    .maxPool2D: KernelProfile(parameters: Parameters(40), data: 32, inspected: [.input(0), .output(0)]),
    .mean: KernelProfile(parameters: Parameters(1, alignment: 1), data: 44) { $0.meanOrSum() },
    .reduceAll: KernelProfile(parameters: Parameters(1, alignment: 1), data: 44) { $0.reduction() },
    .reduceMax: KernelProfile(parameters: Parameters(1, alignment: 1), data: 44) { $0.reduction() },
    .reduceMin: KernelProfile(parameters: Parameters(1, alignment: 1), data: 44) { $0.reduction() },
    .sum: KernelProfile(parameters: Parameters(1, alignment: 1), data: 44) { $0.meanOrSum() },
    .svdf: KernelProfile(parameters: Parameters(StructureSize(12, 8, 12)), data: 36) { $0.svdf() },
    .transposeConv: KernelProfile(
      parameters: Parameters(StructureSize(20, 16, 20)), data: StructureSize(88, 72)
    ) { $0.transposeConvolution() },
    .unidirectionalSequenceLSTM: KernelProfile(parameters: Parameters(16), data: 688) { $0.lstm() },
  ]
}

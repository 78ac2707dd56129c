import GraphIR

extension KernelProfile {
  /// Kernels of TFLM's CMSIS-NN folder that allocate other than the portable ones, built for speed.
  static let cmsisNN: [BuiltinOperator: KernelProfile] = [
    .averagePool2D: KernelProfile(parameters: Parameters(40), data: 36) { $0.cmsisAveragePool() },
    .batchMatMul: KernelProfile(parameters: Parameters(3, alignment: 1), data: 36) { $0.cmsisBatchMatMul() },
    .conv2D: KernelProfile(parameters: convolutionParameters, data: 60) { $0.cmsisConvolution() },
    .depthwiseConv2D: KernelProfile(parameters: convolutionParameters, data: 60) {
      $0.cmsisDepthwiseConvolution()
    },
    .fullyConnected: KernelProfile(parameters: fullyConnectedParameters, data: 72) {
      $0.cmsisFullyConnected()
    },
    .maxPool2D: KernelProfile(parameters: Parameters(40), data: 36, inspected: [.input(0), .output(0)]),
    .softmax: KernelProfile(parameters: Parameters(4), data: 64) { $0.softmax() },
    .svdf: KernelProfile(parameters: svdfParameters, data: 40) { $0.cmsisSVDF() },
    .transposeConv: KernelProfile(parameters: transposeConvolutionParameters, data: 80) {
      $0.cmsisTransposeConvolution()
    },
    .unidirectionalSequenceLSTM: KernelProfile(parameters: lstmParameters, data: 908) { $0.cmsisLSTM() },
  ]

  private static let convolutionParameters = reference[.conv2D]?.parameters
  private static let fullyConnectedParameters = reference[.fullyConnected]?.parameters
  private static let svdfParameters = reference[.svdf]?.parameters
  private static let transposeConvolutionParameters = reference[.transposeConv]?.parameters
  private static let lstmParameters = reference[.unidirectionalSequenceLSTM]?.parameters

}

import GraphIR

extension KernelProfile {
  /// Kernels of Espressif's port that allocate other than the portable ones (read from its sources, not
  /// measured): the portable structures with an index of a scratch buffer behind.
  static let espNN: [BuiltinOperator: KernelProfile] = [
    .conv2D: KernelProfile(parameters: Parameters(28), data: 60) { $0.espConvolution() },
    .depthwiseConv2D: KernelProfile(parameters: Parameters(28), data: 60) { $0.espDepthwiseConvolution() },
    .softmax: KernelProfile(parameters: Parameters(4), data: 64) { $0.espSoftmax() },
  ]
}

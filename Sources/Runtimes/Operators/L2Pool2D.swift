import GraphIR

extension TFLMOperator {
  static let l2Pool2D = TFLMOperator(
    .l2Pool2D, method: ResolverMethod("AddL2Pool2D", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(40)) { $0.writingDimensions(.output(0), .input(0)) }),
    overlap: .pools,
    types: .float,
    interpreter: .registered)
}

import GraphIR

extension TFLMOperator {
  static let sqrt = TFLMOperator(
    .sqrt, method: ResolverMethod("AddSqrt", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}

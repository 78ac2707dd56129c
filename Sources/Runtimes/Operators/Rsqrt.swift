import GraphIR

extension TFLMOperator {
  static let rsqrt = TFLMOperator(
    .rsqrt, method: ResolverMethod("AddRsqrt", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 28, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrInt8,
    interpreter: .registered)
}

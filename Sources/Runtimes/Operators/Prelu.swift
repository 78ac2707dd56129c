import GraphIR

extension TFLMOperator {
  static let prelu = TFLMOperator(
    .prelu, method: ResolverMethod("AddPrelu", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 28, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}

import GraphIR

extension TFLMOperator {
  static let sin = TFLMOperator(
    .sin, method: ResolverMethod("AddSin", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}

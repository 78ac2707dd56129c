import GraphIR

extension TFLMOperator {
  static let cos = TFLMOperator(
    .cos, method: ResolverMethod("AddCos", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}

import GraphIR

extension TFLMOperator {
  static let exp = TFLMOperator(
    .exp, method: ResolverMethod("AddExp", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}

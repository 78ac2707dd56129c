import GraphIR

extension TFLMOperator {
  static let ceil = TFLMOperator(
    .ceil, method: ResolverMethod("AddCeil", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}

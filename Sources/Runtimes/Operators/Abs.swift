import GraphIR

extension TFLMOperator {
  static let abs = TFLMOperator(
    .abs, method: ResolverMethod("AddAbs", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 28, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
